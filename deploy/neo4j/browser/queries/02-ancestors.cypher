// Where does it come from?
MATCH path = (:Layer {name: $name})-[:EVOLVED_FROM*0..20]->(:Layer)
RETURN path
LIMIT 200
