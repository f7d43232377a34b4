package dev.germline.app.blobs;

import dev.germline.app.identity.Caller;
import dev.germline.app.sql.Database;
import dev.germline.core.weights.ContentDigest;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.Optional;

/**
 * The table streamed_uploads: what is stored of uploads that have not come to their end. Which hash
 * a digest is by is not kept: no two contents share 32 bytes, by whichever hash.
 */
final class StreamedUploadRows {
  private final Database database;

  StreamedUploadRows(Database database) {
    this.database = database;
  }

  /**
   * An upload that may go on.
   *
   * @param recipe has its first bytes
   * @param received how many those are
   */
  record Begun(long size, long recipe, long received) {}

  Optional<Begun> find(Caller caller, ContentDigest digest) {
    return database.read(connection -> {
      try (PreparedStatement select =
          connection.prepareStatement(
              "SELECT size_bytes, recipe_id, received FROM streamed_uploads"
                  + " WHERE digest = ? AND tenant = ? AND principal = ?")) {
        select.setBytes(1, digest.value().bytes());
        select.setString(2, caller.tenant().name());
        select.setString(3, caller.name());
        try (ResultSet row = select.executeQuery()) {
          return row.next()
              ? Optional.of(new Begun(row.getLong(1), row.getLong(2), row.getLong(3)))
              : Optional.empty();
        }
      }
    });
  }

  /** Remembers how far an upload is, unless another attempt at the same is further. */
  void reached(Caller caller, ContentDigest digest, Begun upload, Instant expires) {
    database.<Integer>read(connection -> {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO streamed_uploads (digest, tenant, principal, size_bytes, recipe_id,"
                  + " received, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)"
                  + " ON DUPLICATE KEY UPDATE"
                  + " size_bytes = VALUES(size_bytes),"
                  // assigned from left to right: received is the old one until its turn comes
                  + " recipe_id = IF(VALUES(received) > received, VALUES(recipe_id), recipe_id),"
                  + " received = GREATEST(received, VALUES(received)),"
                  + " expires_at = VALUES(expires_at)")) {
        insert.setBytes(1, digest.value().bytes());
        insert.setString(2, caller.tenant().name());
        insert.setString(3, caller.name());
        insert.setLong(4, upload.size());
        insert.setLong(5, upload.recipe());
        insert.setLong(6, upload.received());
        insert.setLong(7, expires.toEpochMilli());
        return insert.executeUpdate();
      }
    });
  }

  /** The upload has ended; its recipe is the blob's, or is collected. */
  void delete(Caller caller, ContentDigest digest) {
    database.<Integer>read(connection -> {
      try (PreparedStatement delete =
          connection.prepareStatement(
              "DELETE FROM streamed_uploads WHERE digest = ? AND tenant = ? AND principal = ?")) {
        delete.setBytes(1, digest.value().bytes());
        delete.setString(2, caller.tenant().name());
        delete.setString(3, caller.name());
        return delete.executeUpdate();
      }
    });
  }

  /** Forgets uploads that nobody went on with. */
  int expire(Instant now, int most) {
    return database.read(connection -> {
      try (PreparedStatement delete =
          connection.prepareStatement(
              "DELETE FROM streamed_uploads WHERE expires_at < ? LIMIT ?")) {
        delete.setLong(1, now.toEpochMilli());
        delete.setInt(2, most);
        return delete.executeUpdate();
      }
    });
  }
}
