// Purpose: one layer, if the viewer may see it
// Parameters: $name: namespace/name@version; $principal, $admin: the viewer; $asOf: moment or null
// Columns: id, name, digest, type
// Index: layer_name
MATCH (l:Layer {name: $name})
WHERE (l.visibility IN ['public', 'organization'] OR $admin OR l.creator = $principal
       OR $principal IN coalesce(l.allowedUsers, []))
  AND ($asOf IS NULL OR l.createdAt <= $asOf)
RETURN l.id AS id, l.name AS name, l.digest AS digest, l.type AS type
