-- Who is told of changes of layers that theirs stand on, and what validations found (docs/sharing.md).

-- A change is found by following the ledger: STATUS claims, and layers in the order of publishing.
CREATE INDEX layer_claims_when ON layer_claims (type, ledger_sequence, claim_id);

-- One row for each kind of change (1: status claims, 2: layers): the last that was told of.
CREATE TABLE notice_positions (
  kind            TINYINT UNSIGNED NOT NULL,
  ledger_sequence BIGINT UNSIGNED  NOT NULL,
  id              BINARY(16)       NOT NULL,
  CONSTRAINT notice_positions_pk PRIMARY KEY (kind)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- What happened before there were notices is not told.
INSERT INTO notice_positions (kind, ledger_sequence, id)
SELECT 1, COALESCE(MAX(ledger_sequence), 0), X'FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF' FROM layer_claims;
INSERT INTO notice_positions (kind, ledger_sequence, id)
SELECT 2, COALESCE(MAX(ledger_sequence), 0), X'FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF' FROM genomic_layers;

-- event: BLAKE3 of the record of the STATUS claim or of the newer layer. layer_id: the layer that was yanked, revoked
-- or restored, or the newer one. affected: how many layers of the owner; notice_layers names some of them.
CREATE TABLE notices (
  id              BINARY(16)      NOT NULL,
  event           BINARY(32)      NOT NULL,
  layer_id        BINARY(16)      NOT NULL,
  owner           VARCHAR(255)    NOT NULL,
  cause           VARCHAR(16)     NOT NULL,
  advice          VARCHAR(16)     NOT NULL,
  affected        INT UNSIGNED    NOT NULL,
  ledger_sequence BIGINT UNSIGNED NOT NULL,
  told_at         BIGINT          NOT NULL,
  acknowledged_at BIGINT          NULL,
  CONSTRAINT notices_pk PRIMARY KEY (id),
  CONSTRAINT notices_layer FOREIGN KEY (layer_id) REFERENCES genomic_layers (id),
  KEY notices_of (owner, ledger_sequence, id),
  KEY notices_about (layer_id, owner),
  KEY notices_done (acknowledged_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE notice_layers (
  notice_id BINARY(16)        NOT NULL,
  layer_id  BINARY(16)        NOT NULL,
  distance  SMALLINT UNSIGNED NOT NULL,
  CONSTRAINT notice_layers_pk PRIMARY KEY (notice_id, layer_id),
  CONSTRAINT notice_layers_of FOREIGN KEY (notice_id) REFERENCES notices (id) ON DELETE CASCADE,
  CONSTRAINT notice_layers_layer FOREIGN KEY (layer_id) REFERENCES genomic_layers (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- findings: JSON, a list of {check, outcome, detail}.
CREATE TABLE validation_reports (
  id           BINARY(16)   NOT NULL,
  layer_id     BINARY(16)   NOT NULL,
  level        VARCHAR(16)  NOT NULL,
  outcome      VARCHAR(16)  NOT NULL,
  validated_by VARCHAR(255) NOT NULL,
  validated_at BIGINT       NOT NULL,
  findings     MEDIUMTEXT   NOT NULL,
  CONSTRAINT validation_reports_pk PRIMARY KEY (id),
  CONSTRAINT validation_reports_layer FOREIGN KEY (layer_id) REFERENCES genomic_layers (id),
  KEY validation_reports_of (layer_id, validated_at, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
