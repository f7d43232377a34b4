-- Blobs that were received whole and hashed, who proved to have them, and uploads on their way.
-- The bytes lie in S3 under the BLAKE3. Times are milliseconds since 1970 UTC.

CREATE TABLE blobs (
  blake3     BINARY(32)      NOT NULL,
  size_bytes BIGINT UNSIGNED NOT NULL,
  sha256     BINARY(32)      NOT NULL,
  -- Git's: SHA-1 of "blob SIZE NUL bytes".
  sha1       BINARY(20)      NOT NULL,
  created_at BIGINT          NOT NULL,
  CONSTRAINT blobs_pk PRIMARY KEY (blake3)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Who has sent all the bytes: knowing a hash alone gives no access.
CREATE TABLE blob_holders (
  blake3     BINARY(32)   NOT NULL,
  principal  VARCHAR(255) NOT NULL,
  held_since BIGINT       NOT NULL,
  CONSTRAINT blob_holders_pk PRIMARY KEY (blake3, principal),
  CONSTRAINT blob_holders_blob FOREIGN KEY (blake3) REFERENCES blobs (blake3)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Uploads of several requests, one of each kind for a blob and principal. kind: streamed (through the
-- server; received says how far) or presigned (straight to S3). Every attempt at a part takes a new
-- part number, so that racing clients never write the same part; received decides whose counts.
-- last_part is set, once, when the last part is in: from then on the bytes are decided.
CREATE TABLE uploads (
  id           BINARY(16)      NOT NULL,
  kind         VARCHAR(16)     NOT NULL,
  blake3       BINARY(32)      NOT NULL,
  principal    VARCHAR(255)    NOT NULL,
  size_bytes   BIGINT UNSIGNED NOT NULL,
  part_size    INT UNSIGNED    NOT NULL,
  staging_key  VARCHAR(255)    NOT NULL,
  s3_upload_id VARCHAR(1024)   NOT NULL,
  received     BIGINT UNSIGNED NOT NULL,
  tried_parts  INT UNSIGNED    NOT NULL,
  last_part    INT UNSIGNED    NULL,
  expires_at   BIGINT          NOT NULL,
  CONSTRAINT uploads_pk PRIMARY KEY (id),
  CONSTRAINT uploads_one UNIQUE (blake3, principal, kind),
  KEY uploads_expiry (expires_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE upload_parts (
  upload_id  BINARY(16)   NOT NULL,
  number     INT UNSIGNED NOT NULL,
  etag       VARCHAR(255) NOT NULL,
  size_bytes INT UNSIGNED NOT NULL,
  CONSTRAINT upload_parts_pk PRIMARY KEY (upload_id, number),
  CONSTRAINT upload_parts_upload FOREIGN KEY (upload_id) REFERENCES uploads (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
