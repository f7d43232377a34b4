// Purpose: deletes the first few entities; the same ones whose relations clear-relations took
// Parameters: $nodes: how many at most
// Columns: deleted
// Index: none
// Scan: NodeByLabelScan, because everything goes, also entities whose id somebody took away
MATCH (n:Entity)
WITH n LIMIT $nodes
DETACH DELETE n
RETURN count(*) AS deleted
