package dev.germline.app.blobs;

import dev.germline.app.identity.Caller;
import dev.germline.app.sql.Database;
import dev.germline.blobstore.Staging.Staged;
import dev.germline.core.layers.LayerName;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.Tenant;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table presigned_uploads. */
final class PresignedUploadRows {
  private static final String SELECT =
      "SELECT id, blake3, principal, size_bytes, part_size, path, parent, staging_key,"
          + " s3_upload_id, expires_at FROM presigned_uploads WHERE ";

  private final Database database;

  PresignedUploadRows(Database database) {
    this.database = database;
  }

  Optional<PresignedUpload> find(UploadId id) {
    return database.read(connection ->
        select(connection, "id = ?", s -> s.setBytes(1, id.bytes())).stream().findFirst());
  }

  Optional<PresignedUpload> find(Caller caller, Digest blake3) {
    return database.read(connection ->
        select(
                connection,
                "blake3 = ? AND tenant = ? AND principal = ?",
                s -> {
                  s.setBytes(1, blake3.bytes());
                  s.setString(2, caller.tenant().name());
                  s.setString(3, caller.name());
                })
            .stream()
            .findFirst());
  }

  /** Keeps a new upload; false when there is one for the same blob and principal. */
  boolean add(Tenant tenant, PresignedUpload upload) {
    return database.read(connection -> {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO presigned_uploads (id, blake3, tenant, principal, size_bytes, part_size,"
                  + " path, parent, staging_key, s3_upload_id, expires_at)"
                  + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                  + " ON DUPLICATE KEY UPDATE presigned_uploads.id = presigned_uploads.id")) {
        insert.setBytes(1, upload.id().bytes());
        insert.setBytes(2, upload.blake3().bytes());
        insert.setString(3, tenant.name());
        insert.setString(4, upload.principal());
        insert.setLong(5, upload.size());
        insert.setInt(6, upload.partSize());
        insert.setString(7, upload.hints().path());
        insert.setString(8, upload.hints().parent().map(LayerName::toString).orElse(null));
        insert.setString(9, upload.staged().key());
        insert.setString(10, upload.staged().uploadId());
        insert.setLong(11, upload.expiresAt().toEpochMilli());
        insert.executeUpdate();
      }
      return !select(connection, "id = ?", s -> s.setBytes(1, upload.id().bytes())).isEmpty();
    });
  }

  void delete(UploadId id) {
    database.<Integer>read(connection -> {
      try (PreparedStatement delete =
          connection.prepareStatement("DELETE FROM presigned_uploads WHERE id = ?")) {
        delete.setBytes(1, id.bytes());
        return delete.executeUpdate();
      }
    });
  }

  List<PresignedUpload> expired(Instant now, int limit) {
    return database.read(connection ->
        select(
            connection,
            "expires_at < ? ORDER BY expires_at LIMIT ?",
            s -> {
              s.setLong(1, now.toEpochMilli());
              s.setInt(2, limit);
            }));
  }

  @FunctionalInterface
  private interface Parameters {
    void set(PreparedStatement select) throws SQLException;
  }

  private static List<PresignedUpload> select(
      Connection connection, String condition, Parameters parameters) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT + condition)) {
      parameters.set(select);
      List<PresignedUpload> found = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.add(
              new PresignedUpload(
                  UploadId.of(row.getBytes("id")),
                  Digest.of(row.getBytes("blake3")),
                  row.getString("principal"),
                  row.getLong("size_bytes"),
                  row.getInt("part_size"),
                  Hints.of(row.getString("path"), row.getString("parent")),
                  new Staged(row.getString("staging_key"), row.getString("s3_upload_id")),
                  Instant.ofEpochMilli(row.getLong("expires_at"))));
        }
      }
      return found;
    }
  }
}
