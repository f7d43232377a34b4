// Purpose: the layers of one page of a blast radius
// Parameters: $places: Neo4j's numbers of layers the viewer may see, read in the same transaction
// Columns: node, id, name, digest, type
// Index: none; a number is a node's place
UNWIND $places AS node
MATCH (l:Layer)
WHERE id(l) = node
RETURN node, l.id AS id, l.name AS name, l.digest AS digest, l.type AS type
