-- Assemblies: layers put together. The record is in the ledger; these rows are what is asked of it and can be made
-- again from there. Ids are document ids (BLAKE3-16 of the record's BLAKE3); times are milliseconds since 1970 UTC.

-- intention: BLAKE3 of what the author decided, without what was found and when, so that a repetition is known.
CREATE TABLE assemblies (
  id              BINARY(16)      NOT NULL,
  digest          BINARY(32)      NOT NULL,
  intention       BINARY(32)      NOT NULL,
  namespace       VARCHAR(96)     NOT NULL,
  name            VARCHAR(96)     NOT NULL,
  version         VARCHAR(64)     NOT NULL,
  creator         VARCHAR(255)    NOT NULL,
  created_at      BIGINT          NOT NULL,
  visibility      VARCHAR(16)     NOT NULL,
  outcome         VARCHAR(16)     NOT NULL,
  description     TEXT            NULL,
  ledger_sequence BIGINT UNSIGNED NOT NULL,
  CONSTRAINT assemblies_pk PRIMARY KEY (id),
  CONSTRAINT assemblies_name UNIQUE (namespace, name, version),
  KEY assemblies_newest (ledger_sequence, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Parts and what they need. Who may not see one of them may not see the assembly.
CREATE TABLE assembly_layers (
  assembly_id BINARY(16)   NOT NULL,
  layer_id    BINARY(16)   NOT NULL,
  position    INT UNSIGNED NOT NULL,
  part        BOOLEAN      NOT NULL,
  CONSTRAINT assembly_layers_pk PRIMARY KEY (assembly_id, layer_id),
  CONSTRAINT assembly_layers_assembly FOREIGN KEY (assembly_id) REFERENCES assemblies (id),
  CONSTRAINT assembly_layers_layer FOREIGN KEY (layer_id) REFERENCES genomic_layers (id),
  KEY assembly_layers_of (layer_id, assembly_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Who else may see an assembly whose visibility is whitelist.
CREATE TABLE assembly_access (
  assembly_id BINARY(16)   NOT NULL,
  principal   VARCHAR(255) NOT NULL,
  CONSTRAINT assembly_access_pk PRIMARY KEY (assembly_id, principal),
  CONSTRAINT assembly_access_assembly FOREIGN KEY (assembly_id) REFERENCES assemblies (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
