-- Blobs that were received whole and hashed, who proved to have them, and uploads on their way. The
-- bytes lie in S3 as pieces, packed into segments. Foreign keys keep garbage collection and concurrent
-- uploads apart: what is referred to cannot be deleted, and what was deleted cannot be referred to.
-- Tenants share nothing: the same bytes of two tenants are two blobs. Times are milliseconds since
-- 1970 UTC.

-- Keys of encryption at rest, wrapped by a master key that is not here. A tenant's newest is used
-- for new segments.
CREATE TABLE data_keys (
  id         BINARY(16)     NOT NULL,
  tenant     VARCHAR(64)    NOT NULL,
  master_key VARCHAR(64)    NOT NULL,
  wrapped    VARBINARY(512) NOT NULL,
  created_at BIGINT         NOT NULL,
  CONSTRAINT data_keys_pk PRIMARY KEY (id),
  KEY data_keys_newest (tenant, created_at, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Objects of S3 that hold pieces. A row is written before its object and deleted after it, so no
-- object is ever without one. hash is the BLAKE3 of the object as stored, and names it.
CREATE TABLE segments (
  id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  hash         BINARY(32)      NOT NULL,
  tenant       VARCHAR(64)     NOT NULL,
  size_bytes   INT UNSIGNED    NOT NULL,
  -- Both null: not encrypted.
  data_key     BINARY(16)      NULL,
  salt         BINARY(32)      NULL,
  created_at   BIGINT          NOT NULL,
  scrubbed_at  BIGINT          NULL,
  -- Set when nothing in it is referred to; the object goes some time after that.
  condemned_at BIGINT          NULL,
  -- Set when no replica has it whole: its pieces are stored anew when they come again.
  lost_at      BIGINT          NULL,
  CONSTRAINT segments_pk PRIMARY KEY (id),
  CONSTRAINT segments_hash UNIQUE (hash),
  CONSTRAINT segments_key FOREIGN KEY (data_key) REFERENCES data_keys (id),
  KEY segments_scrubbed (scrubbed_at),
  KEY segments_condemned (condemned_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Up to 4 MiB of some file, once for each tenant. base_id is the piece that this one is coded
-- against, depth how many such steps lie under it.
CREATE TABLE pieces (
  id           BIGINT UNSIGNED  NOT NULL AUTO_INCREMENT,
  tenant       VARCHAR(64)      NOT NULL,
  blake3       BINARY(32)       NOT NULL,
  size_bytes   INT UNSIGNED     NOT NULL,
  segment_id   BIGINT UNSIGNED  NOT NULL,
  frame_offset INT UNSIGNED     NOT NULL,
  frame_length INT UNSIGNED     NOT NULL,
  encoding     VARCHAR(32)      NOT NULL,
  base_id      BIGINT UNSIGNED  NULL,
  depth        TINYINT UNSIGNED NOT NULL,
  -- When an upload last found it; young ones are not collected.
  used_at      BIGINT           NOT NULL,
  CONSTRAINT pieces_pk PRIMARY KEY (id),
  CONSTRAINT pieces_blake3 UNIQUE (blake3, tenant),
  CONSTRAINT pieces_segment FOREIGN KEY (segment_id) REFERENCES segments (id),
  CONSTRAINT pieces_base FOREIGN KEY (base_id) REFERENCES pieces (id),
  KEY pieces_used (used_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- The pieces of a file, one after the other; of a file on its way, those that are stored already.
CREATE TABLE recipes (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  tenant     VARCHAR(64)     NOT NULL,
  created_at BIGINT          NOT NULL,
  CONSTRAINT recipes_pk PRIMARY KEY (id),
  KEY recipes_created (created_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE recipe_pieces (
  recipe_id   BIGINT UNSIGNED NOT NULL,
  byte_offset BIGINT UNSIGNED NOT NULL,
  piece_id    BIGINT UNSIGNED NOT NULL,
  CONSTRAINT recipe_pieces_pk PRIMARY KEY (recipe_id, byte_offset),
  CONSTRAINT recipe_pieces_recipe FOREIGN KEY (recipe_id) REFERENCES recipes (id) ON DELETE CASCADE,
  CONSTRAINT recipe_pieces_piece FOREIGN KEY (piece_id) REFERENCES pieces (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE blobs (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  tenant     VARCHAR(64)     NOT NULL,
  blake3     BINARY(32)      NOT NULL,
  size_bytes BIGINT UNSIGNED NOT NULL,
  sha256     BINARY(32)      NOT NULL,
  -- Git's: SHA-1 of "blob SIZE NUL bytes".
  sha1       BINARY(20)      NOT NULL,
  recipe_id  BIGINT UNSIGNED NOT NULL,
  created_at BIGINT          NOT NULL,
  CONSTRAINT blobs_pk PRIMARY KEY (id),
  CONSTRAINT blobs_blake3 UNIQUE (blake3, tenant),
  CONSTRAINT blobs_recipe FOREIGN KEY (recipe_id) REFERENCES recipes (id),
  KEY blobs_created (created_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- The tensors of a blob: zstd of a JSON list of name, dtype, shape, begin and end. The signature is
-- the BLAKE3 of their names, types and shapes: files of one architecture share it.
CREATE TABLE blob_tensors (
  blob_id         BIGINT UNSIGNED NOT NULL,
  shape_signature BINARY(32)      NOT NULL,
  tensors         MEDIUMBLOB      NOT NULL,
  CONSTRAINT blob_tensors_pk PRIMARY KEY (blob_id),
  CONSTRAINT blob_tensors_blob FOREIGN KEY (blob_id) REFERENCES blobs (id) ON DELETE CASCADE,
  KEY blob_tensors_signature (shape_signature)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- A layer's file lies in one tenant, whoever may see the layer.
ALTER TABLE layer_files ADD CONSTRAINT layer_files_blob
  FOREIGN KEY (blake3, tenant) REFERENCES blobs (blake3, tenant);

-- Who has sent all the bytes: knowing a hash alone gives no access.
CREATE TABLE blob_holders (
  blob_id    BIGINT UNSIGNED NOT NULL,
  principal  VARCHAR(255)    NOT NULL,
  held_since BIGINT          NOT NULL,
  CONSTRAINT blob_holders_pk PRIMARY KEY (blob_id, principal),
  CONSTRAINT blob_holders_blob FOREIGN KEY (blob_id) REFERENCES blobs (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Uploads through the server that may break off: what of them is stored is the recipe.
CREATE TABLE streamed_uploads (
  blake3     BINARY(32)      NOT NULL,
  tenant     VARCHAR(64)     NOT NULL,
  principal  VARCHAR(255)    NOT NULL,
  size_bytes BIGINT UNSIGNED NOT NULL,
  recipe_id  BIGINT UNSIGNED NOT NULL,
  -- Bytes that the recipe has.
  received   BIGINT UNSIGNED NOT NULL,
  expires_at BIGINT          NOT NULL,
  CONSTRAINT streamed_uploads_pk PRIMARY KEY (blake3, tenant, principal),
  CONSTRAINT streamed_uploads_recipe FOREIGN KEY (recipe_id) REFERENCES recipes (id),
  KEY streamed_uploads_expiry (expires_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Uploads straight to S3, with presigned URLs. path and parent are what the client said of the file.
CREATE TABLE presigned_uploads (
  id           BINARY(16)      NOT NULL,
  blake3       BINARY(32)      NOT NULL,
  tenant       VARCHAR(64)     NOT NULL,
  principal    VARCHAR(255)    NOT NULL,
  size_bytes   BIGINT UNSIGNED NOT NULL,
  part_size    INT UNSIGNED    NOT NULL,
  path         VARCHAR(1024)   NOT NULL,
  parent       VARCHAR(320)    NULL,
  staging_key  VARCHAR(255)    NOT NULL,
  s3_upload_id VARCHAR(1024)   NOT NULL,
  expires_at   BIGINT          NOT NULL,
  CONSTRAINT presigned_uploads_pk PRIMARY KEY (id),
  CONSTRAINT presigned_uploads_one UNIQUE (blake3, tenant, principal),
  KEY presigned_uploads_expiry (expires_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
