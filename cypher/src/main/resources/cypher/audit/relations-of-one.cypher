// Purpose: a page of the outgoing relations of an entity with very many, but for the arrows of claims
// Parameters: $id; $from: the target to begin with, '' at first; $limit
// Columns: source, target ('' for a node without id), type, properties
// Index: entity_id
MATCH (n:Entity {id: $id})-[r]->(m)
WHERE NOT (type(r) IN ['EVOLVED_FROM', 'DEPENDS_ON', 'SYNERGIZES_WITH', 'CONFLICTS_WITH']
           AND r.claim IS :: STRING NOT NULL)
WITH n, r, coalesce(toStringOrNull(m.id), '') AS target
WHERE target >= $from
RETURN n.id AS source, target, type(r) AS type, properties(r) AS properties
ORDER BY target
LIMIT $limit
