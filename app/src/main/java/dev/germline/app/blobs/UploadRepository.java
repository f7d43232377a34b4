package dev.germline.app.blobs;

import dev.germline.app.identity.Caller;
import dev.germline.app.sql.Database;
import dev.germline.blobstore.StagedPart;
import dev.germline.blobstore.Staging.Staged;
import dev.germline.core.substrate.Digest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** The tables uploads and upload_parts; every change is one compare-and-set. */
final class UploadRepository {
  private static final String SELECT =
      "SELECT id, kind, blake3, principal, size_bytes, part_size, staging_key, s3_upload_id,"
          + " received, last_part, expires_at FROM uploads WHERE ";

  private final Database database;

  UploadRepository(Database database) {
    this.database = database;
  }

  Optional<Upload> find(UploadId id) {
    return one("id = ?", select -> select.setBytes(1, id.bytes()));
  }

  Optional<Upload> find(Upload.Kind kind, Caller caller, Digest blake3) {
    return one(
        "blake3 = ? AND principal = ? AND kind = ?",
        select -> {
          select.setBytes(1, blake3.bytes());
          select.setString(2, caller.name());
          select.setString(3, word(kind));
        });
  }

  /** Keeps a new upload; false when there is one of its kind for the same blob and principal. */
  boolean add(Upload upload) {
    return database.read(connection -> {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO uploads (id, kind, blake3, principal, size_bytes, part_size,"
                  + " staging_key, s3_upload_id, received, tried_parts, expires_at)"
                  + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?)"
                  + " ON DUPLICATE KEY UPDATE uploads.id = uploads.id")) {
        insert.setBytes(1, upload.id().bytes());
        insert.setString(2, word(upload.kind()));
        insert.setBytes(3, upload.blake3().bytes());
        insert.setString(4, upload.principal());
        insert.setLong(5, upload.size());
        insert.setInt(6, upload.partSize());
        insert.setString(7, upload.staged().key());
        insert.setString(8, upload.staged().uploadId());
        insert.setLong(9, upload.expiresAt().toEpochMilli());
        insert.executeUpdate();
      }
      return !find(connection, "id = ?", s -> s.setBytes(1, upload.id().bytes())).isEmpty();
    });
  }

  /** A part number that nobody used, if the upload still stands at this offset. */
  OptionalInt nextPart(UploadId id, long offset) {
    return database.read(connection -> {
      try (PreparedStatement update =
          connection.prepareStatement(
              "UPDATE uploads SET tried_parts = LAST_INSERT_ID(tried_parts + 1)"
                  + " WHERE id = ? AND received = ? AND last_part IS NULL")) {
        update.setBytes(1, id.bytes());
        update.setLong(2, offset);
        if (update.executeUpdate() == 0) {
          return OptionalInt.empty();
        }
      }
      try (Statement select = connection.createStatement();
          ResultSet row = select.executeQuery("SELECT LAST_INSERT_ID()")) {
        row.next();
        return OptionalInt.of(row.getInt(1));
      }
    });
  }

  /** Makes a part count; false when another came first. */
  boolean accept(UploadId id, long offset, StagedPart part) {
    return change(
        id,
        part,
        "UPDATE uploads SET received = received + ? WHERE id = ? AND received = ?"
            + " AND last_part IS NULL",
        part.size(),
        offset);
  }

  /** Makes the last part count; false when another came first. */
  boolean acceptLast(UploadId id, long offset, StagedPart part) {
    return change(
        id,
        part,
        "UPDATE uploads SET last_part = ? WHERE id = ? AND received = ? AND last_part IS NULL",
        part.number(),
        offset);
  }

  private boolean change(UploadId id, StagedPart part, String sql, long value, long offset) {
    return database.transact(connection -> {
      try (PreparedStatement update = connection.prepareStatement(sql)) {
        update.setLong(1, value);
        update.setBytes(2, id.bytes());
        update.setLong(3, offset);
        if (update.executeUpdate() == 0) {
          return false;
        }
      }
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO upload_parts (upload_id, number, etag, size_bytes)"
                  + " VALUES (?, ?, ?, ?)")) {
        insert.setBytes(1, id.bytes());
        insert.setInt(2, part.number());
        insert.setString(3, part.etag());
        insert.setLong(4, part.size());
        insert.executeUpdate();
      }
      return true;
    });
  }

  /** The parts that count, in order. */
  List<StagedPart> parts(UploadId id) {
    return database.read(connection -> {
      try (PreparedStatement select =
          connection.prepareStatement(
              "SELECT number, etag, size_bytes FROM upload_parts WHERE upload_id = ?"
                  + " ORDER BY number")) {
        select.setBytes(1, id.bytes());
        List<StagedPart> parts = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            parts.add(new StagedPart(rows.getInt(1), rows.getString(2), rows.getLong(3)));
          }
        }
        return parts;
      }
    });
  }

  void delete(UploadId id) {
    database.<Integer>read(connection -> {
      try (PreparedStatement delete =
          connection.prepareStatement("DELETE FROM uploads WHERE id = ?")) {
        delete.setBytes(1, id.bytes());
        return delete.executeUpdate();
      }
    });
  }

  List<Upload> expired(Instant now, int limit) {
    return database.read(connection ->
        find(
            connection,
            "expires_at < ? ORDER BY expires_at LIMIT ?",
            select -> {
              select.setLong(1, now.toEpochMilli());
              select.setInt(2, limit);
            }));
  }

  private Optional<Upload> one(String condition, Parameters parameters) {
    return database.read(
        connection -> find(connection, condition, parameters).stream().findFirst());
  }

  @FunctionalInterface
  private interface Parameters {
    void set(PreparedStatement select) throws SQLException;
  }

  private static List<Upload> find(Connection connection, String condition, Parameters parameters)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT + condition)) {
      parameters.set(select);
      List<Upload> found = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(row(rows));
        }
      }
      return found;
    }
  }

  private static Upload row(ResultSet row) throws SQLException {
    return new Upload(
        UploadId.of(row.getBytes("id")),
        Upload.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        Digest.of(row.getBytes("blake3")),
        row.getString("principal"),
        row.getLong("size_bytes"),
        row.getInt("part_size"),
        new Staged(row.getString("staging_key"), row.getString("s3_upload_id")),
        row.getLong("received"),
        row.getObject("last_part") != null,
        Instant.ofEpochMilli(row.getLong("expires_at")));
  }

  private static String word(Upload.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
