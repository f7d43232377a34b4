// Purpose: nodes exactly as given; labels and properties of before are gone
// Parameters: $rows: [{id, labels without Entity, properties with id}]
// Columns: id of nodes that are no :Claim any more, so that their arrows go
// Index: entity_id
CYPHER 25
UNWIND $rows AS row
MERGE (n:Entity {id: row.id})
SET n = row.properties
SET n:$(row.labels)
WITH n, [label IN labels(n) WHERE label <> 'Entity' AND NOT label IN row.labels] AS stale
WHERE size(stale) > 0
REMOVE n:$(stale)
WITH n, stale
WHERE 'Claim' IN stale
RETURN n.id AS id
