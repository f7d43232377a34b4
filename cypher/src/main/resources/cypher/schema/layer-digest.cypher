// Purpose: finds the layer of a record's digest, as claims and lock files name it
// Parameters: none
// Columns: none
// Index: makes layer_digest
CREATE INDEX layer_digest IF NOT EXISTS FOR (n:Layer) ON (n.digest)
