// What has a namespace published? ($namespace)
MATCH (l:Layer {namespace: $namespace})
WITH l LIMIT 200
OPTIONAL MATCH (l)-[r:EVOLVED_FROM|DEPENDS_ON]->(m:Layer)
RETURN l, r, m
