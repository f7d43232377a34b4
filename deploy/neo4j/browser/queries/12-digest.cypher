// Which layer has this digest? ($digest)
MATCH (l:Layer {digest: $digest})
OPTIONAL MATCH (l)-[r:HAS_FILE]->(f:File)
RETURN l, r, f
LIMIT 100
