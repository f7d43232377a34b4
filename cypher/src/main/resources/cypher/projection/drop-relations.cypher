// Purpose: removes the relations of removed CP edges
// Parameters: $rows: [{source, target, type, kind: '' unless the type is CP_EDGE}]
// Columns: none
// Index: entity_id, twice
UNWIND $rows AS row
MATCH (a:Entity {id: row.source})
MATCH (b:Entity {id: row.target})
MATCH (a)-[r]->(b)
WHERE type(r) = row.type AND coalesce(r.kind, '') = row.kind
DELETE r
