// Purpose: every arrow of a layer, both directions, to layers the viewer may see
// Parameters: $name: namespace/name@version; $principal, $admin: the viewer; $asOf: moment or null; $limit: arrows at most
// Columns: type, from, to: names; properties of the arrow, claim among them; all null in one row if there is none
// Index: layer_name
// Why USING: asked for each of many names, the planner would read the whole index while it believes that there are few
MATCH (n:Layer {name: $name})
USING INDEX SEEK n:Layer(name)
WHERE (n.visibility IN ['public', 'organization'] OR $admin OR n.creator = $principal
       OR $principal IN coalesce(n.allowedUsers, []))
  AND ($asOf IS NULL OR n.createdAt <= $asOf)
OPTIONAL MATCH (n)-[r:EVOLVED_FROM|DEPENDS_ON|SYNERGIZES_WITH|CONFLICTS_WITH]-(l:Layer)
WHERE coalesce(r.claim, '') <> '' AND ($asOf IS NULL OR r.at <= $asOf)
  AND (l.visibility IN ['public', 'organization'] OR $admin OR l.creator = $principal
       OR $principal IN coalesce(l.allowedUsers, []))
  AND ($asOf IS NULL OR l.createdAt <= $asOf)
RETURN type(r) AS type, startNode(r).name AS from, endNode(r).name AS to,
  properties(r) AS properties
ORDER BY type, from, to, r.claim
LIMIT $limit
