// Purpose: finds a file by the hash of its bytes, and so the layers that hold it
// Parameters: none
// Columns: none
// Index: makes file_content_hash
CREATE INDEX file_content_hash IF NOT EXISTS FOR (n:File) ON (n.contentHash)
