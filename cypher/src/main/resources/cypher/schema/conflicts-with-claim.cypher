// Purpose: one arrow per claim document; finds the arrow of a claim
// Parameters: none
// Columns: none
// Index: makes conflicts_with_claim
CREATE CONSTRAINT conflicts_with_claim IF NOT EXISTS FOR ()-[r:CONFLICTS_WITH]-() REQUIRE r.claim IS UNIQUE
