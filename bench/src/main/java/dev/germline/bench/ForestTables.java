package dev.germline.bench;

import dev.germline.core.layers.Relationship;
import dev.germline.core.substrate.EntityId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.stream.IntStream;

/**
 * A forest in MySQL: the registry's rows of the layers; {@code adjacency}, which is bare arrows;
 * and {@code evolution}, which has what an arrow of the graph has. Rows go in by primary key and
 * the reverse indexes come last, as fast as it can be done.
 */
final class ForestTables {
  private static final int BATCH = 2_000;
  private static final long AT = Instant.parse(ForestImport.AT).toEpochMilli();

  private final Forest forest;
  private final Connection sql;

  ForestTables(Forest forest, Connection sql) {
    this.forest = forest;
    this.sql = sql;
  }

  void fill() throws SQLException {
    try (Statement statement = sql.createStatement()) {
      statement.execute(
          "CREATE TABLE adjacency (child BINARY(16) NOT NULL, parent BINARY(16) NOT NULL,"
              + " PRIMARY KEY (child, parent)) ENGINE = InnoDB");
      statement.execute(
          "CREATE TABLE evolution (child BINARY(16) NOT NULL, parent BINARY(16) NOT NULL,"
              + " claim BINARY(16) NOT NULL, asserted_by VARCHAR(255) NOT NULL,"
              + " asserted_at BIGINT NOT NULL, evolution_type VARCHAR(64) NOT NULL,"
              + " confidence DOUBLE NOT NULL, metrics TEXT NOT NULL,"
              + " PRIMARY KEY (child, parent, claim)) ENGINE = InnoDB");
      sql.setAutoCommit(false);
      layers();
      arrows();
      sql.setAutoCommit(true);
      statement.execute("ALTER TABLE adjacency ADD KEY adjacency_down (parent, child)");
      statement.execute("ALTER TABLE evolution ADD KEY evolution_down (parent, child)");
      statement.execute("ANALYZE TABLE genomic_layers, adjacency, evolution");
    }
  }

  private void layers() throws SQLException {
    int[] ordered =
        IntStream.range(0, forest.layers())
            .boxed()
            .sorted(Comparator.comparing(forest::layerId))
            .mapToInt(i -> i)
            .toArray();
    try (PreparedStatement layer =
        sql.prepareStatement(
            "INSERT INTO genomic_layers (id, digest, namespace, name, version, type, creator,"
                + " created_at, visibility, description, ledger_sequence)"
                + " VALUES (?, ?, ?, ?, '1.0.0', 'lora', ?, "
                + AT
                + ", ?, NULL, 0)")) {
      int rows = 0;
      for (int i : ordered) {
        EntityId id = forest.layerId(i);
        layer.setBytes(1, id.bytes());
        layer.setBytes(2, HexFormat.of().parseHex(forest.digest(id)));
        layer.setString(3, forest.name(i).namespace());
        layer.setString(4, forest.name(i).name());
        layer.setString(5, ForestImport.creator(i));
        layer.setString(6, ForestImport.visibility(i));
        rows = add(layer, rows);
      }
      layer.executeBatch();
    }
    sql.commit();
  }

  private void arrows() throws SQLException {
    int[] ordered =
        IntStream.range(0, forest.arrows())
            .filter(i -> forest.kind(i) == Relationship.Kind.EVOLVED_FROM)
            .boxed()
            .sorted(
                Comparator.comparing((Integer i) -> forest.layerId(forest.from(i)))
                    .thenComparing(i -> forest.layerId(forest.to(i))))
            .mapToInt(i -> i)
            .toArray();
    try (PreparedStatement bare =
            sql.prepareStatement("INSERT INTO adjacency (child, parent) VALUES (?, ?)");
        PreparedStatement whole =
            sql.prepareStatement(
                "INSERT INTO evolution (child, parent, claim, asserted_by, asserted_at,"
                    + " evolution_type, confidence, metrics)"
                    + " VALUES (?, ?, ?, ?, ?, 'finetune', ?, '{\"latency\":3.0,\"ndcg\":0.5}')")) {
      int bareRows = 0;
      int wholeRows = 0;
      for (int i : ordered) {
        byte[] child = forest.layerId(forest.from(i)).bytes();
        byte[] parent = forest.layerId(forest.to(i)).bytes();
        bare.setBytes(1, child);
        bare.setBytes(2, parent);
        whole.setBytes(1, child);
        whole.setBytes(2, parent);
        whole.setBytes(3, forest.claimId(i).bytes());
        whole.setString(4, ForestImport.creator(forest.from(i)));
        whole.setLong(5, AT);
        whole.setDouble(6, ForestImport.confidence(i));
        bareRows = add(bare, bareRows);
        wholeRows = add(whole, wholeRows);
      }
      bare.executeBatch();
      whole.executeBatch();
    }
    sql.commit();
  }

  private int add(PreparedStatement rows, int before) throws SQLException {
    rows.addBatch();
    if (before % BATCH == BATCH - 1) {
      rows.executeBatch();
      sql.commit();
    }
    return before + 1;
  }
}
