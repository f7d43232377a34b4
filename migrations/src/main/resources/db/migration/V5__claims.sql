-- Claims about one layer, claims about claims, and what became of a claim.

-- active, yanked or revoked: by the layer's last standing STATUS claim.
ALTER TABLE genomic_layers ADD COLUMN status VARCHAR(16) NOT NULL DEFAULT 'active';

-- object_id: absent for a claim about one layer. ended: absent while the claim counts (contested or not),
-- else withdrawn or superseded. digest: BLAKE3 of the record, by which its content is found.
ALTER TABLE layer_claims MODIFY COLUMN object_id BINARY(16) NULL;
ALTER TABLE layer_claims ADD COLUMN digest BINARY(32) NULL;
ALTER TABLE layer_claims ADD COLUMN ended VARCHAR(16) NULL;

-- A claim's document lies at claims/<type>/<digest in hex>.
UPDATE layer_claims c JOIN entities e ON e.kind = 1 AND e.entity_key = c.claim_id
SET c.digest = UNHEX(CONVERT(
  SUBSTRING(e.body, LOCATE(CAST(CONCAT('claims/', c.type, '/') AS BINARY), e.body) + CHAR_LENGTH(c.type) + 8, 64)
  USING utf8mb4));

ALTER TABLE layer_claims MODIFY COLUMN digest BINARY(32) NOT NULL;
-- The order of listings: newest first, by either layer.
CREATE INDEX layer_claims_of ON layer_claims (subject_id, ledger_sequence, claim_id);
CREATE INDEX layer_claims_on ON layer_claims (object_id, ledger_sequence, claim_id);

-- claim_id: the claim that is replied to; for the withdrawal of a contest that contest, itself a reply.
CREATE TABLE claim_replies (
  reply_id        BINARY(16)      NOT NULL,
  digest          BINARY(32)      NOT NULL,
  type            VARCHAR(32)     NOT NULL,
  claim_id        BINARY(16)      NOT NULL,
  asserted_by     VARCHAR(512)    NOT NULL,
  ended           VARCHAR(16)     NULL,
  ledger_sequence BIGINT UNSIGNED NOT NULL,
  CONSTRAINT claim_replies_pk PRIMARY KEY (reply_id),
  KEY claim_replies_claim (claim_id, ledger_sequence)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
