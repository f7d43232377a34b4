// Purpose: deletes a bounded number of relations of the first few entities
// Parameters: $nodes, $relations: how many at most
// Columns: deleted
// Index: none
// Scan: NodeByLabelScan, because everything goes, also entities whose id somebody took away
MATCH (n:Entity)
WITH n LIMIT $nodes
MATCH (n)-[r]-()
WITH DISTINCT r LIMIT $relations
DELETE r
RETURN count(*) AS deleted
