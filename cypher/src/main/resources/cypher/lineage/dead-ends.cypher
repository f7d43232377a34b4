// Purpose: layers that nothing evolved from and nothing depends on
// Parameters: $after, $before: names between which to look, both excluded; $principal, $admin: the viewer; $asOf: moment or null; $limit: layers at most
// Columns: id, name, digest, type
// Index: layer_name, in its order
MATCH (l:Layer)
WHERE l.name > $after AND l.name < $before
  AND (l.visibility IN ['public', 'organization'] OR $admin OR l.creator = $principal
       OR $principal IN coalesce(l.allowedUsers, []))
  AND ($asOf IS NULL OR l.createdAt <= $asOf)
  AND NOT EXISTS {
    MATCH (l)<-[r:EVOLVED_FROM|DEPENDS_ON]-(m:Layer)
    WHERE coalesce(r.claim, '') <> '' AND ($asOf IS NULL OR r.at <= $asOf)
      AND (m.visibility IN ['public', 'organization'] OR $admin OR m.creator = $principal
       OR $principal IN coalesce(m.allowedUsers, []))
  AND ($asOf IS NULL OR m.createdAt <= $asOf)
  }
RETURN l.id AS id, l.name AS name, l.digest AS digest, l.type AS type
ORDER BY l.name
LIMIT $limit
