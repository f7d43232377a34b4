// Purpose: CP edges of kind CLAIM_SUBJECT as relations exactly as given
// Parameters: $rows: [{source, target, properties}]
// Columns: none
// Index: entity_id, twice
// Why a file per type: MERGE with a dynamic type scans every relation of that type
UNWIND $rows AS row
MATCH (a:Entity {id: row.source})
MATCH (b:Entity {id: row.target})
MERGE (a)-[r:CLAIM_SUBJECT]->(b)
SET r = row.properties
