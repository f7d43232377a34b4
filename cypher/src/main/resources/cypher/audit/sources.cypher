// Purpose: a page of entities in order of id, by how many relations start at them
// Parameters: $after: the last id of the page before, '' at first; $limit
// Columns: id, degree
// Index: entity_id, in its order
MATCH (n:Entity)
WHERE n.id > $after
RETURN n.id AS id, COUNT { (n)-->() } AS degree
ORDER BY id
LIMIT $limit
