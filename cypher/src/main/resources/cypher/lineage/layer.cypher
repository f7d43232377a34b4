// Purpose: one layer, if the viewer may see it
// Parameters: $name: namespace/name@version; $principal, $admin: the viewer
// Columns: id, name, digest, type
// Index: layer_name
MATCH (l:Layer {name: $name})
WHERE (l.visibility IN ['public', 'organization'] OR $admin OR l.creator = $principal
       OR $principal IN coalesce(l.allowedUsers, []))
RETURN l.id AS id, l.name AS name, l.digest AS digest, l.type AS type
