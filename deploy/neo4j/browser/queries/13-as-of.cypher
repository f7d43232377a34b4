// What was its ancestry then? ($time, such as '2026-03-03T00:00:00Z')
MATCH path = (:Layer {name: $name})-[rs:EVOLVED_FROM*0..20]->(:Layer)
WHERE all(r IN rs WHERE r.at <= datetime($time))
RETURN path
LIMIT 200
