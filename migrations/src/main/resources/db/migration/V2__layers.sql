-- The registry: what is asked of layers, beside the signed records that say it. Every row can be made
-- again from the ledger.
-- Ids are document ids (BLAKE3-16 of the record's BLAKE3); times are milliseconds since 1970 UTC.

CREATE TABLE genomic_layers (
  id              BINARY(16)      NOT NULL,
  digest          BINARY(32)      NOT NULL,
  namespace       VARCHAR(96)     NOT NULL,
  name            VARCHAR(96)     NOT NULL,
  version         VARCHAR(64)     NOT NULL,
  type            VARCHAR(32)     NOT NULL,
  creator         VARCHAR(255)    NOT NULL,
  created_at      BIGINT          NOT NULL,
  visibility      VARCHAR(16)     NOT NULL,
  description     TEXT            NULL,
  ledger_sequence BIGINT UNSIGNED NOT NULL,
  CONSTRAINT genomic_layers_pk PRIMARY KEY (id),
  CONSTRAINT genomic_layers_name UNIQUE (namespace, name, version),
  -- The order of listings: newest first.
  KEY genomic_layers_newest (ledger_sequence, id),
  KEY genomic_layers_type (type, ledger_sequence, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE layer_files (
  layer_id   BINARY(16)      NOT NULL,
  position   INT UNSIGNED    NOT NULL,
  path       VARCHAR(1024)   NOT NULL,
  tenant     VARCHAR(64)     NOT NULL,
  blake3     BINARY(32)      NOT NULL,
  sha256     BINARY(32)      NOT NULL,
  sha1       BINARY(20)      NOT NULL,
  size_bytes BIGINT UNSIGNED NOT NULL,
  format     VARCHAR(32)     NOT NULL,
  CONSTRAINT layer_files_pk PRIMARY KEY (layer_id, position),
  CONSTRAINT layer_files_layer FOREIGN KEY (layer_id) REFERENCES genomic_layers (id),
  KEY layer_files_blake3 (blake3, tenant)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Who else may see a layer whose visibility is whitelist.
CREATE TABLE layer_access (
  layer_id  BINARY(16)   NOT NULL,
  principal VARCHAR(255) NOT NULL,
  CONSTRAINT layer_access_pk PRIMARY KEY (layer_id, principal),
  CONSTRAINT layer_access_layer FOREIGN KEY (layer_id) REFERENCES genomic_layers (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- The claims again as subject and object, so that a writer holding the chain head can look for a cycle.
CREATE TABLE layer_claims (
  claim_id        BINARY(16)      NOT NULL,
  type            VARCHAR(32)     NOT NULL,
  subject_id      BINARY(16)      NOT NULL,
  object_id       BINARY(16)      NOT NULL,
  ledger_sequence BIGINT UNSIGNED NOT NULL,
  CONSTRAINT layer_claims_pk PRIMARY KEY (claim_id),
  CONSTRAINT layer_claims_subject FOREIGN KEY (subject_id) REFERENCES genomic_layers (id),
  CONSTRAINT layer_claims_object FOREIGN KEY (object_id) REFERENCES genomic_layers (id),
  KEY layer_claims_up (type, subject_id, object_id),
  KEY layer_claims_down (type, object_id, subject_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
