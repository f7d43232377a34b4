// Purpose: a page of CONFLICTS_WITH arrows in order of their claims
// Parameters: $after: the last claim of the page before, '' at first; $limit
// Columns: claim, source, target, properties
// Index: conflicts_with_claim, in its order
MATCH (s)-[r:CONFLICTS_WITH]->(o)
WHERE r.claim > $after
RETURN r.claim AS claim, coalesce(toStringOrNull(s.id), '') AS source, coalesce(toStringOrNull(o.id), '') AS target,
  properties(r) AS properties
ORDER BY claim
LIMIT $limit
