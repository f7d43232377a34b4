// What is affected if I pull it?
MATCH path = (:Layer {name: $name})<-[rs:EVOLVED_FROM|DEPENDS_ON*0..20]-(:Layer)
WHERE all(r IN rs WHERE type(r) = 'EVOLVED_FROM' OR r.required)
RETURN path
LIMIT 200
