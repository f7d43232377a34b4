// Purpose: one node holds the position in the ledger, whoever creates it first
// Parameters: none
// Columns: none
// Index: makes projection_name
CREATE CONSTRAINT projection_name IF NOT EXISTS FOR (n:Projection) REQUIRE n.name IS UNIQUE
