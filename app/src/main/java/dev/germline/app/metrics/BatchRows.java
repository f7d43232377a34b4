package dev.germline.app.metrics;

import dev.germline.core.substrate.Digest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** measurement_batches. */
final class BatchRows {
  private static final int DUPLICATE = 1062;

  private BatchRows() {}

  /** A request that was taken before. */
  record Known(long id, Digest digest, int measurements) {}

  /** Numbers a request; empty when this caller's key is taken. */
  static OptionalLong insert(
      Connection connection, String user, @Nullable String key, Batch batch, Instant now)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO measurement_batches (user_id, idempotency_key, digest, measurements,"
                + " created_at) VALUES (?, ?, ?, ?, ?)",
            Statement.RETURN_GENERATED_KEYS)) {
      insert.setString(1, user);
      insert.setString(2, key);
      insert.setBytes(3, batch.digest().bytes());
      insert.setInt(4, batch.rows().size());
      insert.setLong(5, now.toEpochMilli());
      insert.executeUpdate();
      try (ResultSet keys = insert.getGeneratedKeys()) {
        if (!keys.next()) {
          throw new SQLException("the batch got no number");
        }
        return OptionalLong.of(keys.getLong(1));
      }
    } catch (SQLException failure) {
      if (failure.getErrorCode() == DUPLICATE) {
        return OptionalLong.empty();
      }
      throw failure;
    }
  }

  /** The request that has taken this key. */
  static Known find(Connection connection, String user, String key) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id, digest, measurements FROM measurement_batches"
                + " WHERE user_id = ? AND idempotency_key = ?")) {
      select.setString(1, user);
      select.setString(2, key);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("the batch with this key went meanwhile");
        }
        return new Known(row.getLong(1), Digest.of(row.getBytes(2)), row.getInt(3));
      }
    }
  }

  /** Forgets at most so many that are older; how many it were. */
  static int forget(Connection connection, Instant before, int atMost) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM measurement_batches WHERE created_at < ? ORDER BY created_at LIMIT ?")) {
      delete.setLong(1, before.toEpochMilli());
      delete.setInt(2, atMost);
      return delete.executeUpdate();
    }
  }
}
