// Where do two layers' ways part?
MATCH path = (:Layer {name: $name})-[:EVOLVED_FROM*0..20]->(:Layer)<-[:EVOLVED_FROM*0..20]-(:Layer {name: $other})
RETURN path
ORDER BY length(path)
LIMIT 1
