// Purpose: deletes nodes that no projection made, once the entities are gone
// Parameters: $nodes: how many at most
// Columns: deleted
// Index: none
// Scan: AllNodesScan, because a stranger has no label to find it by; few nodes are left by then
MATCH (n)
WHERE NOT (n:Projection AND coalesce(n.name, '') = 'ledger')
WITH n LIMIT $nodes
DETACH DELETE n
RETURN count(*) AS deleted
