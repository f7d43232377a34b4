-- Measurements and uses of layers: many, unsigned, and here only. Times are milliseconds since 1970 UTC.
--
-- layer_performance and layer_usage are partitioned by month. Here they have only the partition without an
-- end; the app makes those of the months (docs/operations.md). A partitioned table has no foreign keys, and
-- layers are never deleted.

-- One row for every request that brought measurements. Its id numbers them; its key, while the row is kept,
-- lets the same request be sent again without counting twice.
CREATE TABLE measurement_batches (
  id              BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  user_id         VARCHAR(255)    NOT NULL,
  idempotency_key VARCHAR(128)    NULL,
  digest          BINARY(32)      NOT NULL,
  measurements    INT UNSIGNED    NOT NULL,
  created_at      BIGINT          NOT NULL,
  CONSTRAINT measurement_batches_pk PRIMARY KEY (id),
  CONSTRAINT measurement_batches_key UNIQUE (user_id, idempotency_key),
  KEY measurement_batches_age (created_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- In the order in which they are read: of a layer, newest first; the second key the same of one metric.
CREATE TABLE layer_performance (
  layer_id    BINARY(16)      NOT NULL,
  measured_at BIGINT          NOT NULL,
  batch_id    BIGINT UNSIGNED NOT NULL,
  position    INT UNSIGNED    NOT NULL,
  task_type   VARCHAR(128)    NOT NULL,
  metric_type VARCHAR(128)    NOT NULL,
  value       DOUBLE          NOT NULL,
  measured_by VARCHAR(255)    NOT NULL,
  context     JSON            NULL,
  CONSTRAINT layer_performance_pk PRIMARY KEY (layer_id, measured_at, batch_id, position),
  KEY layer_performance_series (layer_id, task_type, metric_type, measured_at, batch_id, position)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
PARTITION BY RANGE (measured_at) (PARTITION pmax VALUES LESS THAN MAXVALUE);

-- What the measurements of a day come to, written in the transaction that writes them: summaries of years read
-- a row a day. series is dev.germline.core.metrics.Series; n and mean stand beside it for SQL.
CREATE TABLE layer_performance_days (
  layer_id    BINARY(16)      NOT NULL,
  task_type   VARCHAR(128)    NOT NULL,
  metric_type VARCHAR(128)    NOT NULL,
  day         DATE            NOT NULL,
  n           BIGINT UNSIGNED NOT NULL,
  mean        DOUBLE          NOT NULL,
  series      MEDIUMBLOB      NOT NULL,
  CONSTRAINT layer_performance_days_pk PRIMARY KEY (layer_id, task_type, metric_type, day),
  KEY layer_performance_days_age (day)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE layer_usage (
  layer_id           BINARY(16)    NOT NULL,
  started_at         BIGINT        NOT NULL,
  user_id            VARCHAR(255)  NOT NULL,
  session_id         VARCHAR(128)  NOT NULL,
  ended_at           BIGINT        NULL,
  performance_rating DOUBLE        NULL,
  comment            VARCHAR(2000) NULL,
  CONSTRAINT layer_usage_pk PRIMARY KEY (layer_id, started_at, user_id, session_id),
  KEY layer_usage_own (layer_id, user_id, started_at, session_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
PARTITION BY RANGE (started_at) (PARTITION pmax VALUES LESS THAN MAXVALUE);
