// Purpose: every arrow of a layer, both directions, to layers the viewer may see
// Parameters: $id: a layer the viewer may see; $principal, $admin: the viewer; $limit: arrows at most
// Columns: type, from, to: names; claim; properties of the arrow
// Index: entity_id
MATCH (n:Entity {id: $id})-[r:EVOLVED_FROM|DEPENDS_ON|SYNERGIZES_WITH|CONFLICTS_WITH]-(l:Layer)
WHERE r.claim IS NOT NULL
  AND (l.visibility IN ['public', 'organization'] OR $admin OR l.creator = $principal
       OR $principal IN coalesce(l.allowedUsers, []))
RETURN type(r) AS type, startNode(r).name AS from, endNode(r).name AS to, r.claim AS claim,
  properties(r) AS properties
ORDER BY type, from, to, claim
LIMIT $limit
