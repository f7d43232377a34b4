-- Blobs are found by either of the hashes that name files.
ALTER TABLE blobs ADD KEY blobs_sha256 (sha256);

-- An upload is named by the hash that its client has computed: BLAKE3 or SHA-256.
ALTER TABLE streamed_uploads RENAME COLUMN blake3 TO digest;
