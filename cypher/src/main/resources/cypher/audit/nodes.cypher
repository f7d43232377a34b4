// Purpose: a page of entities in order of id, whole
// Parameters: $after: the last id of the page before, '' at first; $limit
// Columns: id, labels, properties
// Index: entity_id, in its order
MATCH (n:Entity)
WHERE n.id > $after
RETURN n.id AS id, labels(n) AS labels, properties(n) AS properties
ORDER BY id
LIMIT $limit
