// Purpose: a page of EVOLVED_FROM arrows in order of their claims
// Parameters: $after: the last claim of the page before, '' at first; $limit
// Columns: claim, source, target, properties
// Index: evolved_from_claim, in its order
MATCH (s)-[r:EVOLVED_FROM]->(o)
WHERE r.claim > $after
RETURN r.claim AS claim, coalesce(toStringOrNull(s.id), '') AS source, coalesce(toStringOrNull(o.id), '') AS target,
  properties(r) AS properties
ORDER BY claim
LIMIT $limit
