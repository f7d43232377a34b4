-- What layers are found by. All of it can be made again from the records: empty the two tables and set the
-- position back to zeros, and the next search does.

-- reach: local, regional or global, by how far its record says it may be offered.
-- words: what the layer says of itself, in lower case. embedding: dev.germline.core.retrieval.HashedEmbedding.
CREATE TABLE layer_search (
  layer_id       BINARY(16)     NOT NULL,
  words          MEDIUMTEXT     NOT NULL,
  embedding      VARBINARY(512) NOT NULL,
  license        VARCHAR(256)   NULL,
  commercial_use BOOLEAN        NULL,
  reach          VARCHAR(16)    NOT NULL,
  CONSTRAINT layer_search_pk PRIMARY KEY (layer_id),
  CONSTRAINT layer_search_layer FOREIGN KEY (layer_id) REFERENCES genomic_layers (id),
  FULLTEXT KEY layer_search_words (words),
  KEY layer_search_license (license)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_general_ci;

CREATE TABLE layer_capabilities (
  capability VARCHAR(512) NOT NULL,
  layer_id   BINARY(16)   NOT NULL,
  CONSTRAINT layer_capabilities_pk PRIMARY KEY (capability, layer_id),
  CONSTRAINT layer_capabilities_layer FOREIGN KEY (layer_id) REFERENCES genomic_layers (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- One row: the last layer, in the order of publishing, that is in the two tables.
CREATE TABLE search_position (
  id              TINYINT UNSIGNED NOT NULL,
  ledger_sequence BIGINT UNSIGNED  NOT NULL,
  layer_id        BINARY(16)       NOT NULL,
  CONSTRAINT search_position_pk PRIMARY KEY (id),
  CONSTRAINT search_position_single CHECK (id = 1)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

INSERT INTO search_position (id, ledger_sequence, layer_id)
VALUES (1, 0, X'00000000000000000000000000000000');

-- Layers offered to this registry, and what happened to the offers (docs/sharing.md, "Contributing").
CREATE TABLE submissions (
  id          BINARY(16)   NOT NULL,
  layer_id    BINARY(16)   NOT NULL,
  submitter   VARCHAR(255) NOT NULL,
  state       VARCHAR(32)  NOT NULL,
  created_at  BIGINT       NOT NULL,
  updated_at  BIGINT       NOT NULL,
  events      INT UNSIGNED NOT NULL,
  CONSTRAINT submissions_pk PRIMARY KEY (id),
  CONSTRAINT submissions_layer FOREIGN KEY (layer_id) REFERENCES genomic_layers (id),
  KEY submissions_newest (created_at, id),
  KEY submissions_layer_state (layer_id, state)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE submission_contributions (
  submission_id BINARY(16)    NOT NULL,
  contributor   VARCHAR(512)  NOT NULL,
  role          VARCHAR(64)   NOT NULL,
  share         DECIMAL(10,9) NOT NULL,
  CONSTRAINT submission_contributions_pk PRIMARY KEY (submission_id, contributor),
  CONSTRAINT submission_contributions_of FOREIGN KEY (submission_id) REFERENCES submissions (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE submission_events (
  submission_id BINARY(16)    NOT NULL,
  position      INT UNSIGNED  NOT NULL,
  event         VARCHAR(32)   NOT NULL,
  user_id       VARCHAR(255)  NOT NULL,
  at            BIGINT        NOT NULL,
  note          VARCHAR(4096) NULL,
  CONSTRAINT submission_events_pk PRIMARY KEY (submission_id, position),
  CONSTRAINT submission_events_of FOREIGN KEY (submission_id) REFERENCES submissions (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- What is owed for the use of layers, a month and recipient a row. Rows are written once and never changed.
CREATE TABLE payouts_owed (
  layer_id    BINARY(16)      NOT NULL,
  month       CHAR(7)         NOT NULL,
  recipient   VARCHAR(512)    NOT NULL,
  reason      VARCHAR(16)     NOT NULL,
  amount      DECIMAL(30,9)   NOT NULL,
  currency    CHAR(3)         NOT NULL,
  revenue     DECIMAL(30,9)   NOT NULL,
  sessions    BIGINT UNSIGNED NOT NULL,
  computed_at BIGINT          NOT NULL,
  CONSTRAINT payouts_owed_pk PRIMARY KEY (month, layer_id, recipient, reason),
  CONSTRAINT payouts_owed_layer FOREIGN KEY (layer_id) REFERENCES genomic_layers (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
