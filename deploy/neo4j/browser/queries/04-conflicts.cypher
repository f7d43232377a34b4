// What does it not go with? Its ancestors' conflicts count too
MATCH (:Layer {name: $name})-[:EVOLVED_FROM*0..20]->(mine:Layer)
MATCH path = (mine)-[:CONFLICTS_WITH]-(:Layer)
RETURN path
LIMIT 100
