// Purpose: removes nodes and whatever still hangs on them
// Parameters: $ids: entity ids
// Columns: none
// Index: entity_id
UNWIND $ids AS id
MATCH (n:Entity {id: id})
DETACH DELETE n
