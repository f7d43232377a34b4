// What is new?
MATCH (l:Layer)
WHERE l.createdAt > datetime('2000-01-01')
WITH l ORDER BY l.createdAt DESC LIMIT 50
OPTIONAL MATCH (l)-[r:EVOLVED_FROM]->(parent:Layer)
RETURN l, r, parent
