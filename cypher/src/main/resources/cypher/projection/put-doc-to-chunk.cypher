// Purpose: CP edges of kind DOC_TO_CHUNK as relations exactly as given
// Parameters: $rows: [{source, target, properties}]
// Columns: none
// Index: entity_id, twice
// Why a file per type: MERGE with a dynamic type scans every relation of that type
UNWIND $rows AS row
MATCH (a:Entity {id: row.source})
MATCH (b:Entity {id: row.target})
MERGE (a)-[r:DOC_TO_CHUNK]->(b)
SET r = row.properties
