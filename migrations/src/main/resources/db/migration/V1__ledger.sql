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

CREATE TABLE state_roots (
  sequence        BIGINT UNSIGNED NOT NULL,
  record_hash     BINARY(32)      NOT NULL,
  hash            BINARY(32)      NOT NULL,
  -- The whole signed record; the columns beside it are what people query.
  record          BLOB            NOT NULL,
  recorded_at     BIGINT          NOT NULL,
  device_id       BINARY(16)      NOT NULL,
  CONSTRAINT state_roots_pk PRIMARY KEY (sequence),
  CONSTRAINT state_roots_record_hash UNIQUE (record_hash)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE diffs (
  sequence BIGINT UNSIGNED NOT NULL,
  body     LONGBLOB        NOT NULL,
  CONSTRAINT diffs_pk PRIMARY KEY (sequence),
  CONSTRAINT diffs_state_root FOREIGN KEY (sequence) REFERENCES state_roots (sequence)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- kind: 0 document, 1 chunk, 2 embedding, 3 edge. entity_key: the 16-byte id; for an edge
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
