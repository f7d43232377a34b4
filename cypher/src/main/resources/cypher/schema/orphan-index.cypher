// Purpose: an index that a killed CREATE CONSTRAINT left behind, which blocks the next one
// Parameters: $name
// Columns: name
// Index: none
SHOW INDEXES YIELD name, owningConstraint
WHERE name = $name AND owningConstraint IS NULL
RETURN name
