// Purpose: one arrow per claim document; finds the arrow of a claim
// Parameters: none
// Columns: none
// Index: makes depends_on_claim
CREATE CONSTRAINT depends_on_claim IF NOT EXISTS FOR ()-[r:DEPENDS_ON]-() REQUIRE r.claim IS UNIQUE
