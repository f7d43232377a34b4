-- Who was handed bytes of a revoked layer all the same (docs/sharing.md, "Withdrawing"). A row for each layer, reader,
-- file or tensor and day of UTC, so that ranges and repetitions are counted; id is BLAKE3-16 of these four.
CREATE TABLE revoked_reads (
  id       BINARY(16)      NOT NULL,
  layer_id BINARY(16)      NOT NULL,
  reader   VARCHAR(255)    NOT NULL,
  what     VARCHAR(1100)   NOT NULL,
  first_at BIGINT          NOT NULL,
  last_at  BIGINT          NOT NULL,
  requests BIGINT UNSIGNED NOT NULL,
  CONSTRAINT revoked_reads_pk PRIMARY KEY (id),
  CONSTRAINT revoked_reads_layer FOREIGN KEY (layer_id) REFERENCES genomic_layers (id),
  -- The order of listings: newest first.
  KEY revoked_reads_newest (first_at, id),
  KEY revoked_reads_of (layer_id, first_at, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
