// Who has the same files?
MATCH path = (:Layer {name: $name})-[:HAS_FILE]->(:File)<-[:HAS_FILE]-(:Layer)
RETURN path
LIMIT 200
