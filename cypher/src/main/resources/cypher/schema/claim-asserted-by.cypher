// Purpose: finds what somebody has claimed
// Parameters: none
// Columns: none
// Index: makes claim_asserted_by
CREATE INDEX claim_asserted_by IF NOT EXISTS FOR (n:Claim) ON (n.assertedBy)
