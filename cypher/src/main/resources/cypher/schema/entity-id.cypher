// Purpose: one node per CP entity; every projection statement finds its nodes by it
// Parameters: none
// Columns: none
// Index: makes entity_id
CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE
