// Purpose: what depends on a layer or evolved from it, transitively: each layer once, with the arrows that lead on from it
// Parameters: $name: namespace/name@version; $principal, $admin: the viewer; $asOf: moment or null; $depth: steps, 1 to 64; $limit: layers, and arrows of one, at most
// Columns: node: the layer asked about in the first row, then each that has arrows; arrows: [[node, strength, whether required]] of those that need it; nodes by Neo4j's number, which holds within one transaction
// Index: layer_name
// Bound: the path length, in a few sizes, is at least one less than the depth asked for
// Why COUNT: most layers are leaves, which cost less to count than to ask
// Why CASE: a property that is not there costs more to look for than one that is
// Why numbers: ten thousand names and ids would take longer to send than to find
MATCH (root:Layer {name: $name})
MATCH p = (root)<-[:EVOLVED_FROM|DEPENDS_ON*0..64]-(n:Layer)
WHERE all(x IN nodes(p)
      WHERE (x.visibility IN ['public', 'organization'] OR $admin OR x.creator = $principal
          OR $principal IN coalesce(x.allowedUsers, []))
        AND ($asOf IS NULL OR x.createdAt <= $asOf))
  AND all(e IN relationships(p) WHERE coalesce(e.claim, '') <> '' AND ($asOf IS NULL OR e.at <= $asOf))
WITH n, min(length(p)) AS depth
WHERE depth < $depth
WITH n, depth
LIMIT $limit
WHERE depth = 0 OR COUNT { (n)<-[:EVOLVED_FROM]-() } > 0 OR COUNT { (n)<-[:DEPENDS_ON]-() } > 0
RETURN id(n) AS node,
  COLLECT {
    MATCH (n)<-[r:EVOLVED_FROM|DEPENDS_ON]-(l:Layer)
    WHERE coalesce(r.claim, '') <> '' AND ($asOf IS NULL OR r.at <= $asOf)
      AND (l.visibility IN ['public', 'organization'] OR $admin OR l.creator = $principal
       OR $principal IN coalesce(l.allowedUsers, []))
  AND ($asOf IS NULL OR l.createdAt <= $asOf)
    RETURN CASE WHEN r:DEPENDS_ON THEN [id(l), r.strength, r.required] ELSE [id(l), r.confidence, true] END
    LIMIT $limit
  } AS arrows
