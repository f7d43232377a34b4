// Purpose: removes a constraint that is none of ours
// Parameters: $name
// Columns: none
// Index: none
DROP CONSTRAINT $name IF EXISTS
