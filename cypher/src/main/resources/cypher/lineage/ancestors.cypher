// Purpose: what a layer evolved from, to some depth, each visited once however many paths lead to it
// Parameters: $name: namespace/name@version; $principal, $admin: the viewer; $asOf: moment or null; $depth: steps, 1 to 64; $limit: arrows at most
// Columns: root: id, name, digest, type, in the first row only; at: a layer; node, id, name, digest, type, depth: of one that an arrow joins to it; properties: of the arrow, claim among them; all but root and at null in the first row where there is none; at and node by Neo4j's number, which holds within one transaction
// Index: layer_name
// Why USING: asked for each of many names, the planner would read the whole index while it believes that there are few
// Bound: the path length, in a few sizes, is at least one less than the depth asked for
// Why min(length(p)): Neo4j plans it as a pruning breadth-first search that streams, nearest first
// Why numbers: a layer is named by every arrow to it, and each name is long
// Why coalesce: IS NOT NULL would offer the index of all claims to the planner, which takes it while it believes that there are few
MATCH (root:Layer {name: $name})
USING INDEX SEEK root:Layer(name)
MATCH p = (root)-[:EVOLVED_FROM*0..64]->(n:Layer)
WHERE all(x IN nodes(p)
      WHERE (x.visibility IN ['public', 'organization'] OR $admin OR x.creator = $principal
          OR $principal IN coalesce(x.allowedUsers, []))
        AND ($asOf IS NULL OR x.createdAt <= $asOf))
  AND all(e IN relationships(p) WHERE coalesce(e.claim, '') <> '' AND ($asOf IS NULL OR e.at <= $asOf))
WITH n, min(length(p)) AS depth
WHERE depth < $depth
OPTIONAL MATCH (n)-[r:EVOLVED_FROM]->(l:Layer)
WHERE coalesce(r.claim, '') <> '' AND ($asOf IS NULL OR r.at <= $asOf)
  AND (l.visibility IN ['public', 'organization'] OR $admin OR l.creator = $principal
       OR $principal IN coalesce(l.allowedUsers, []))
  AND ($asOf IS NULL OR l.createdAt <= $asOf)
WITH n, depth, r, l
WHERE depth = 0 OR r IS NOT NULL
RETURN CASE WHEN depth = 0 THEN [n.id, n.name, n.digest, n.type] END AS root, id(n) AS at,
  id(l) AS node, l.id AS id, l.name AS name, l.digest AS digest, l.type AS type, depth + 1 AS depth,
  properties(r) AS properties
LIMIT $limit
