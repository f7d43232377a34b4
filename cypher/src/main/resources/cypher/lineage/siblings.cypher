// Purpose: layers that evolved from a layer this one evolved from as well
// Parameters: $name: namespace/name@version; $principal, $admin: the viewer; $asOf: moment or null; $limit: layers at most
// Columns: id, name, digest, type; parents: names of those they share; all null in one row if there is none
// Index: layer_name
// Why USING: asked for each of many names, the planner would read the whole index while it believes that there are few
MATCH (n:Layer {name: $name})
USING INDEX SEEK n:Layer(name)
WHERE (n.visibility IN ['public', 'organization'] OR $admin OR n.creator = $principal
       OR $principal IN coalesce(n.allowedUsers, []))
  AND ($asOf IS NULL OR n.createdAt <= $asOf)
OPTIONAL MATCH (n)-[up:EVOLVED_FROM]->(parent:Layer)<-[down:EVOLVED_FROM]-(l:Layer)
WHERE l <> n
  AND coalesce(up.claim, '') <> '' AND ($asOf IS NULL OR up.at <= $asOf)
  AND coalesce(down.claim, '') <> '' AND ($asOf IS NULL OR down.at <= $asOf)
  AND (parent.visibility IN ['public', 'organization'] OR $admin OR parent.creator = $principal
       OR $principal IN coalesce(parent.allowedUsers, []))
  AND ($asOf IS NULL OR parent.createdAt <= $asOf)
  AND (l.visibility IN ['public', 'organization'] OR $admin OR l.creator = $principal
       OR $principal IN coalesce(l.allowedUsers, []))
  AND ($asOf IS NULL OR l.createdAt <= $asOf)
WITH l, collect(DISTINCT parent.name) AS parents
ORDER BY l.name
LIMIT $limit
RETURN l.id AS id, l.name AS name, l.digest AS digest, l.type AS type, parents
