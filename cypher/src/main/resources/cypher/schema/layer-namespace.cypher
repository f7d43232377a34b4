// Purpose: finds what a namespace has published
// Parameters: none
// Columns: none
// Index: makes layer_namespace
CREATE INDEX layer_namespace IF NOT EXISTS FOR (n:Layer) ON (n.namespace)
