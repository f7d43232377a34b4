// Purpose: one arrow per claim document; finds the arrow of a claim
// Parameters: none
// Columns: none
// Index: makes evolved_from_claim
CREATE CONSTRAINT evolved_from_claim IF NOT EXISTS FOR ()-[r:EVOLVED_FROM]-() REQUIRE r.claim IS UNIQUE
