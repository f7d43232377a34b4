// Who says so? The claims behind its arrows
MATCH path = (:Layer {name: $name})<-[:CLAIM_SUBJECT|CLAIM_OBJECT]-(:Claim)-[:CLAIM_SUBJECT|CLAIM_OBJECT]->(:Layer)
RETURN path
LIMIT 100
