// Purpose: the arrow of each DEPENDS_ON claim, if its document and both of its edges are there
// Parameters: $claims: claim document ids, of any type
// Columns: none
// Index: entity_id
UNWIND $claims AS claim
MATCH (c:Entity {id: claim})
WHERE c:Claim AND c.type = 'DEPENDS_ON'
MATCH (c)-[:CLAIM_SUBJECT]->(s:Entity {id: c.subject})
MATCH (c)-[:CLAIM_OBJECT]->(o:Entity {id: c.object})
MERGE (s)-[r:DEPENDS_ON {claim: claim}]->(o)
SET r = c {claim: claim, .assertedBy, .at, .dependencyType, .strength, .required}
