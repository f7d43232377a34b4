// Which layers hold this file? ($blake3, of its bytes)
MATCH path = (:File {contentHash: $blake3})<-[:HAS_FILE]-(:Layer)
RETURN path
LIMIT 100
