// What goes well with it?
MATCH path = (:Layer {name: $name})-[:SYNERGIZES_WITH]-(:Layer)
RETURN path
LIMIT 100
