package dev.germline.app.lineage;

import dev.germline.app.weights.TensorList;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityId;
import dev.germline.core.weights.TensorSpan;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What is in a layer that was found: its files with tensors and pieces, and its measurements. */
final class ContentRows {
  private ContentRows() {}

  /**
   * A file of a layer that has tensors.
   *
   * @param pieces BLAKE3 of each piece of it, by where it begins
   */
  record File(String path, List<TensorSpan> tensors, NavigableMap<Long, Digest> pieces) {}

  /**
   * The measurements of one metric.
   *
   * @param count how many
   */
  record Metric(String task, String metric, double mean, long count) {}

  static List<File> files(Connection connection, EntityId layer) throws SQLException {
    List<File> files = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT f.path, t.tensors, b.recipe_id FROM layer_files f"
                + " JOIN blobs b ON b.blake3 = f.blake3 AND b.tenant = f.tenant"
                + " JOIN blob_tensors t ON t.blob_id = b.id"
                + " WHERE f.layer_id = ? ORDER BY f.position")) {
      select.setBytes(1, layer.bytes());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          files.add(
              new File(
                  row.getString(1),
                  TensorList.read(row.getBytes(2)),
                  pieces(connection, row.getLong(3))));
        }
      }
    }
    return files;
  }

  private static NavigableMap<Long, Digest> pieces(Connection connection, long recipe)
      throws SQLException {
    NavigableMap<Long, Digest> pieces = new TreeMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT r.byte_offset, p.blake3 FROM recipe_pieces r JOIN pieces p ON p.id = r.piece_id"
                + " WHERE r.recipe_id = ?")) {
      select.setLong(1, recipe);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          pieces.put(row.getLong(1), Digest.of(row.getBytes(2)));
        }
      }
    }
    return pieces;
  }

  static List<Metric> metrics(Connection connection, EntityId layer) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT m.task_type, m.metric_type, SUM(m.n * m.mean) / SUM(m.n), SUM(m.n)"
                + " FROM layer_performance_days m"
                + " WHERE m.layer_id = ? GROUP BY m.task_type, m.metric_type"
                + " ORDER BY m.task_type, m.metric_type")) {
      select.setBytes(1, layer.bytes());
      List<Metric> metrics = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          metrics.add(
              new Metric(row.getString(1), row.getString(2), row.getDouble(3), row.getLong(4)));
        }
      }
      return metrics;
    }
  }
}
