// Purpose: CP edges of every other custom kind; several kinds may join the same two nodes
// Parameters: $rows: [{source, target, kind, properties with kind}]
// Columns: none
// Index: entity_id, twice
UNWIND $rows AS row
MATCH (a:Entity {id: row.source})
MATCH (b:Entity {id: row.target})
MERGE (a)-[r:CP_EDGE {kind: row.kind}]->(b)
SET r = row.properties
