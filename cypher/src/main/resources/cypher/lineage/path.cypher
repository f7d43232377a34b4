// Purpose: a shortest way between two layers along EVOLVED_FROM and DEPENDS_ON, in either direction
// Parameters: $from, $to: two different names; $principal, $admin: the viewer; $asOf: moment or null
// Columns: layers: [[id, name, digest, type]] from one to the other; arrows: [[type, from, to, properties, claim among them]] between them
// Index: layer_name, twice
MATCH (a:Layer {name: $from})
MATCH (b:Layer {name: $to})
MATCH p = shortestPath((a)-[:EVOLVED_FROM|DEPENDS_ON*..64]-(b))
WHERE all(x IN nodes(p)
      WHERE (x.visibility IN ['public', 'organization'] OR $admin OR x.creator = $principal
          OR $principal IN coalesce(x.allowedUsers, []))
        AND ($asOf IS NULL OR x.createdAt <= $asOf))
  AND all(e IN relationships(p) WHERE coalesce(e.claim, '') <> '' AND ($asOf IS NULL OR e.at <= $asOf))
RETURN [n IN nodes(p) | [n.id, n.name, n.digest, n.type]] AS layers,
  [r IN relationships(p) | [type(r), startNode(r).name, endNode(r).name, properties(r)]] AS arrows
