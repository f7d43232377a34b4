// Purpose: takes the write lock on the position before anything is read, so that projectors take turns
// Parameters: none
// Columns: locked
// Index: projection_name
MATCH (p:Projection {name: 'ledger'})
SET p.name = 'ledger'
RETURN true AS locked
