// Purpose: the outgoing relations of some entities, but for the arrows of claims
// Parameters: $ids
// Columns: source, target ('' for a node without id), type, properties
// Index: entity_id
UNWIND $ids AS id
MATCH (n:Entity {id: id})-[r]->(m)
WHERE NOT (type(r) IN ['EVOLVED_FROM', 'DEPENDS_ON', 'SYNERGIZES_WITH', 'CONFLICTS_WITH']
           AND r.claim IS :: STRING NOT NULL)
RETURN id AS source, coalesce(toStringOrNull(m.id), '') AS target, type(r) AS type,
  properties(r) AS properties
