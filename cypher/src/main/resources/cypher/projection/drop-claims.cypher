// Purpose: removes the arrows of claims, whatever their type
// Parameters: $claims: claim document ids
// Columns: none
// Index: evolved_from_claim, depends_on_claim, synergizes_with_claim, conflicts_with_claim
UNWIND $claims AS claim
CALL (claim) {
  MATCH ()-[r:EVOLVED_FROM {claim: claim}]->() RETURN r
  UNION ALL
  MATCH ()-[r:DEPENDS_ON {claim: claim}]->() RETURN r
  UNION ALL
  MATCH ()-[r:SYNERGIZES_WITH {claim: claim}]->() RETURN r
  UNION ALL
  MATCH ()-[r:CONFLICTS_WITH {claim: claim}]->() RETURN r
}
DELETE r
