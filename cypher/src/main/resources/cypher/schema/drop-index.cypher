// Purpose: removes an index that is in the way of ours
// Parameters: $name
// Columns: none
// Index: none
DROP INDEX $name IF EXISTS
