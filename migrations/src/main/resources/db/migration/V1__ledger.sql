-- The ledger: one signed state root and one diff per commit, and the entities as the last diff left them.
-- Digests and ids are binary so that their order is the unsigned order CP-001 sorts by.

-- One row. Whoever holds its lock may append; this is what keeps several app processes from forking.
CREATE TABLE ledger_head (
  id          TINYINT UNSIGNED NOT NULL,
  sequence    BIGINT UNSIGNED  NOT NULL,
  record_hash BINARY(32)       NOT NULL,
  CONSTRAINT ledger_head_pk PRIMARY KEY (id),
  CONSTRAINT ledger_head_single CHECK (id = 1)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Sequence 0 is the empty substrate: it has no record, so its hash is all zeros.
INSERT INTO ledger_head (id, sequence, record_hash)
VALUES (1, 0, X'0000000000000000000000000000000000000000000000000000000000000000');

-- Who signed. device_id is BLAKE3-16 of the key, so a row cannot name another key than its own.
CREATE TABLE devices (
  device_id  BINARY(16) NOT NULL,
  public_key BINARY(32) NOT NULL,
  CONSTRAINT devices_pk PRIMARY KEY (device_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- The signed records, one column per field of the signed payloads (docs/cp-001-profile.md).
CREATE TABLE state_roots (
  sequence        BIGINT UNSIGNED NOT NULL,
  record_hash     BINARY(32)      NOT NULL,
  hash            BINARY(32)      NOT NULL,
  parent_hash     BINARY(32)      NULL,
  prev_record     BINARY(32)      NULL,
  recorded_at     BIGINT          NOT NULL,
  device_id       BINARY(16)      NOT NULL,
  document_count  BIGINT UNSIGNED NOT NULL,
  document_root   BINARY(32)      NOT NULL,
  chunk_count     BIGINT UNSIGNED NOT NULL,
  chunk_root      BINARY(32)      NOT NULL,
  embedding_count BIGINT UNSIGNED NOT NULL,
  embedding_root  BINARY(32)      NOT NULL,
  edge_count      BIGINT UNSIGNED NOT NULL,
  edge_root       BINARY(32)      NOT NULL,
  root_v2         BINARY(32)      NOT NULL,
  signature_v1    BINARY(64)      NOT NULL,
  signature_v2    BINARY(64)      NOT NULL,
  CONSTRAINT state_roots_pk PRIMARY KEY (sequence),
  CONSTRAINT state_roots_record_hash UNIQUE (record_hash),
  CONSTRAINT state_roots_device FOREIGN KEY (device_id) REFERENCES devices (device_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE diffs (
  sequence BIGINT UNSIGNED NOT NULL,
  body     LONGBLOB        NOT NULL,
  CONSTRAINT diffs_pk PRIMARY KEY (sequence),
  CONSTRAINT diffs_state_root FOREIGN KEY (sequence) REFERENCES state_roots (sequence)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- kind: 1 document, 2 chunk, 3 embedding, 4 edge (EntityKind.tag). entity_key: the 16-byte id; for an edge
-- source, target, kind byte and kind name. parent: what the entity hangs on (a chunk's document, an
-- embedding's chunk, an edge's target), so that a cascade finds its dependents by index.
CREATE TABLE entities (
  kind       TINYINT UNSIGNED NOT NULL,
  entity_key VARBINARY(255)   NOT NULL,
  parent     BINARY(16)       NULL,
  leaf_v1    BINARY(32)       NOT NULL,
  leaf_v2    BINARY(32)       NOT NULL,
  body       MEDIUMBLOB       NOT NULL,
  CONSTRAINT entities_pk PRIMARY KEY (kind, entity_key),
  KEY entities_parent (parent, kind)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Contents small enough to lie beside the ledger; larger ones are blobs in S3 under the same hash.
CREATE TABLE contents (
  content_hash BINARY(32) NOT NULL,
  body         MEDIUMBLOB NOT NULL,
  CONSTRAINT contents_pk PRIMARY KEY (content_hash)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- How many components the vectors of a model have: fixed by the first one (addendum 1).
CREATE TABLE embedding_models (
  model_hash BINARY(32)   NOT NULL,
  dimension  INT UNSIGNED NOT NULL,
  CONSTRAINT embedding_models_pk PRIMARY KEY (model_hash)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
