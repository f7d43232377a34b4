// Purpose: finds the newest layers, and those of before a time
// Parameters: none
// Columns: none
// Index: makes layer_created_at
CREATE INDEX layer_created_at IF NOT EXISTS FOR (n:Layer) ON (n.createdAt)
