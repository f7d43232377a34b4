// Purpose: removes such an index
// Parameters: $name
// Columns: none
// Index: none
DROP INDEX $name IF EXISTS
