// Purpose: the layers that some layers directly evolved from: one level of a lineage
// Parameters: $ids: layers the viewer may see; $principal, $admin: the viewer; $limit: arrows at most
// Columns: id, name, digest, type of the layer found; from, to: names; claim; properties of the arrow
// Index: entity_id
UNWIND $ids AS id
MATCH (n:Entity {id: id})-[r:EVOLVED_FROM]->(l:Layer)
WHERE r.claim IS NOT NULL
  AND (l.visibility IN ['public', 'organization'] OR $admin OR l.creator = $principal
       OR $principal IN coalesce(l.allowedUsers, []))
RETURN l.id AS id, l.name AS name, l.digest AS digest, l.type AS type,
  startNode(r).name AS from, endNode(r).name AS to, r.claim AS claim, properties(r) AS properties
LIMIT $limit
