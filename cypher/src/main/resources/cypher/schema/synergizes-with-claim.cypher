// Purpose: one arrow per claim document; finds the arrow of a claim
// Parameters: none
// Columns: none
// Index: makes synergizes_with_claim
CREATE CONSTRAINT synergizes_with_claim IF NOT EXISTS FOR ()-[r:SYNERGIZES_WITH]-() REQUIRE r.claim IS UNIQUE
