// Purpose: nodes that no projection made, and relations of the node that holds the position
// Parameters: $limit
// Columns: element, labels, keys, relations
// Index: none
// Scan: AllNodesScan, because a stranger has no label to find it by
MATCH (n)
WHERE NOT (n:Entity AND n.id IS :: STRING NOT NULL)
  AND NOT (n:Projection AND coalesce(n.name, '') = 'ledger' AND COUNT { (n)--() } = 0)
RETURN elementId(n) AS element, labels(n) AS labels, keys(n) AS keys, COUNT { (n)--() } AS relations
LIMIT $limit
