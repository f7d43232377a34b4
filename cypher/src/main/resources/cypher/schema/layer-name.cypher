// Purpose: a published version is one layer; finds a layer by namespace/name@version or its prefix
// Parameters: none
// Columns: none
// Index: makes layer_name
CREATE CONSTRAINT layer_name IF NOT EXISTS FOR (n:Layer) REQUIRE n.name IS UNIQUE
