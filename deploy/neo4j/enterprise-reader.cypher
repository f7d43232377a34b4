// On Neo4j Enterprise, which has roles, instead of the guard: run on the system database as an admin.
// Parameter: $password
CREATE ROLE germline_reader IF NOT EXISTS;
GRANT ACCESS ON DATABASE neo4j TO germline_reader;
GRANT MATCH {*} ON GRAPH neo4j TO germline_reader;
GRANT SHOW INDEX ON DATABASE neo4j TO germline_reader;
GRANT SHOW CONSTRAINT ON DATABASE neo4j TO germline_reader;
DENY LOAD ON ALL DATA TO germline_reader;
CREATE USER reader IF NOT EXISTS SET PLAINTEXT PASSWORD $password CHANGE NOT REQUIRED;
GRANT ROLE germline_reader TO reader;
