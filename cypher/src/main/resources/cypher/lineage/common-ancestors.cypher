// Purpose: layers that all of some layers evolved from, or that are one of them
// Parameters: $names: two or more, each once; $principal, $admin: the viewer; $asOf: moment or null; $limit: layers at most
// Columns: id, name, digest, type; depths: [[name of one asked about, fewest steps from it]]; parents: ids of the layers it evolved from
// Index: layer_name
UNWIND $names AS name
MATCH (start:Layer {name: name})
MATCH p = (start)-[:EVOLVED_FROM*0..64]->(l:Layer)
WHERE all(x IN nodes(p)
      WHERE (x.visibility IN ['public', 'organization'] OR $admin OR x.creator = $principal
          OR $principal IN coalesce(x.allowedUsers, []))
        AND ($asOf IS NULL OR x.createdAt <= $asOf))
  AND all(e IN relationships(p) WHERE coalesce(e.claim, '') <> '' AND ($asOf IS NULL OR e.at <= $asOf))
WITH start, l, min(length(p)) AS depth
WITH l, collect([start.name, depth]) AS depths, sum(depth) AS steps
WHERE size(depths) = size($names)
WITH l, depths, steps
ORDER BY steps, l.name
LIMIT $limit
RETURN l.id AS id, l.name AS name, l.digest AS digest, l.type AS type, depths,
  COLLECT {
    MATCH (l)-[r:EVOLVED_FROM]->(m:Layer)
    WHERE coalesce(r.claim, '') <> '' AND ($asOf IS NULL OR r.at <= $asOf)
    RETURN m.id
  } AS parents
