// Purpose: the content of documents that an earlier transaction projected
// Parameters: $ids: document ids
// Columns: id, contentHash: hex
// Index: entity_id
UNWIND $ids AS id
MATCH (n:Entity {id: id})
WHERE n.contentHash IS NOT NULL
RETURN id, n.contentHash AS contentHash
