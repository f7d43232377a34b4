// What has somebody claimed? ($who)
MATCH path = (:Layer)<-[:CLAIM_SUBJECT]-(:Claim {assertedBy: $who})-[:CLAIM_OBJECT]->(:Layer)
RETURN path
LIMIT 100
