package dev.germline.bench;

import dev.germline.core.layers.LayerName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;

/** Lineage by recursive CTEs, each layer once, with every column read. */
final class LineageCte {
  private static final String VISIBLE =
      "(l.visibility IN ('public', 'organization') OR ? OR l.creator = ?"
          + " OR (l.visibility = 'whitelist' AND EXISTS (SELECT 1 FROM layer_access a"
          + " WHERE a.layer_id = l.id AND a.principal = ?)))";

  private final Connection sql;

  LineageCte(Connection sql) {
    this.sql = sql;
  }

  /** The layers alone, whoever asks: no arrows, no claims, no moment, no status. */
  void bare(LayerName layer, boolean up, int depth) {
    String statement =
        """
        WITH RECURSIVE kin (id, depth) AS (
          SELECT l.id, 0 FROM genomic_layers l
          WHERE l.namespace = ? AND l.name = ? AND l.version = ?
          UNION
          SELECT a.%s, k.depth + 1 FROM kin k JOIN adjacency a ON a.%s = k.id WHERE k.depth < ?)
        SELECT l.id, l.namespace, l.name, l.version, l.digest, l.type, f.depth
        FROM (SELECT id, MIN(depth) AS depth FROM kin GROUP BY id) f
        JOIN genomic_layers l ON l.id = f.id ORDER BY f.depth LIMIT 10001\
        """
            .formatted(far(up), near(up));
    try (PreparedStatement select = sql.prepareStatement(statement)) {
      named(select, layer);
      select.setInt(4, depth);
      read(select, layer);
    } catch (SQLException failed) {
      throw new IllegalStateException("the CTE failed", failed);
    }
  }

  /**
   * What the API answers: layers that the caller may see and what leads to them, as of a moment,
   * with status, and every arrow with its claim and properties. Arrows to hidden layers, which the
   * caller would have to drop, are among them.
   */
  void whole(LayerName layer, boolean up, int depth) {
    String statement =
        """
        WITH RECURSIVE kin (id, depth) AS (
          SELECT l.id, 0 FROM genomic_layers l
          WHERE l.namespace = ? AND l.name = ? AND l.version = ? AND %3$s
            AND (? IS NULL OR l.created_at <= ?)
          UNION
          SELECT l.id, k.depth + 1 FROM kin k
          JOIN evolution e ON e.%2$s = k.id
          JOIN genomic_layers l ON l.id = e.%1$s
          WHERE k.depth < ? AND %3$s AND (? IS NULL OR l.created_at <= ?)
            AND (? IS NULL OR e.asserted_at <= ?))
        SELECT l.id, l.namespace, l.name, l.version, l.digest, l.type, l.status, f.depth,
          e.%1$s, e.claim, e.asserted_by, e.asserted_at, e.evolution_type, e.confidence, e.metrics
        FROM (SELECT id, MIN(depth) AS depth FROM kin GROUP BY id) f
        JOIN genomic_layers l ON l.id = f.id
        LEFT JOIN evolution e ON e.%2$s = f.id AND f.depth < ? AND (? IS NULL OR e.asserted_at <= ?)
        ORDER BY f.depth LIMIT 10001\
        """
            .formatted(far(up), near(up), VISIBLE);
    try (PreparedStatement select = sql.prepareStatement(statement)) {
      named(select, layer);
      caller(select, 4);
      now(select, 7);
      select.setInt(9, depth);
      caller(select, 10);
      now(select, 13);
      now(select, 15);
      select.setInt(17, depth);
      now(select, 18);
      read(select, layer);
    } catch (SQLException failed) {
      throw new IllegalStateException("the CTE failed", failed);
    }
  }

  private static String near(boolean up) {
    return up ? "child" : "parent";
  }

  private static String far(boolean up) {
    return near(!up);
  }

  private static void named(PreparedStatement select, LayerName layer) throws SQLException {
    select.setString(1, layer.namespace());
    select.setString(2, layer.name());
    select.setString(3, layer.version().toString());
  }

  private static void caller(PreparedStatement select, int from) throws SQLException {
    select.setBoolean(from, true);
    select.setString(from + 1, "admin");
    select.setString(from + 2, "admin");
  }

  private static void now(PreparedStatement select, int from) throws SQLException {
    select.setNull(from, Types.BIGINT);
    select.setNull(from + 1, Types.BIGINT);
  }

  private static void read(PreparedStatement select, LayerName layer) throws SQLException {
    int rows = 0;
    try (ResultSet row = select.executeQuery()) {
      int columns = row.getMetaData().getColumnCount();
      while (row.next()) {
        for (int i = 1; i <= columns; i++) {
          row.getObject(i);
        }
        rows++;
      }
    }
    if (rows == 0) {
      throw new IllegalStateException("SQL does not know " + layer);
    }
  }
}
