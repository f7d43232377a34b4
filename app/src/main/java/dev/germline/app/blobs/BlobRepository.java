package dev.germline.app.blobs;

import dev.germline.app.identity.Caller;
import dev.germline.app.sql.Database;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.FileDigests;
import dev.germline.core.weights.GitBlobId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The tables blobs and blob_holders. */
final class BlobRepository {
  private static final int AT_ONCE = 1000;

  private final Database database;

  BlobRepository(Database database) {
    this.database = database;
  }

  /**
   * Remembers a blob that is in its place, and that the caller had all of it. The two statements
   * commit one by one: a blob without a holder does no harm, and short ones do not deadlock.
   */
  void add(Caller holder, FileDigests.Result blob, Instant now) {
    database.<Integer>read(connection -> {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO blobs (blake3, size_bytes, sha256, sha1, created_at)"
                  + " VALUES (?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE size_bytes = size_bytes")) {
        insert.setBytes(1, blob.blake3().bytes());
        insert.setLong(2, blob.size());
        insert.setBytes(3, blob.sha256().bytes());
        insert.setBytes(4, HexFormat.of().parseHex(blob.gitSha1().hex()));
        insert.setLong(5, now.toEpochMilli());
        insert.executeUpdate();
      }
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO blob_holders (blake3, principal, held_since) VALUES (?, ?, ?)"
                  + " ON DUPLICATE KEY UPDATE held_since = held_since")) {
        insert.setBytes(1, blob.blake3().bytes());
        insert.setString(2, holder.name());
        insert.setLong(3, now.toEpochMilli());
        return insert.executeUpdate();
      }
    });
  }

  Optional<FileDigests.Result> find(Digest blake3) {
    return select(
            "SELECT b.blake3, b.size_bytes, b.sha256, b.sha1 FROM blobs b WHERE b.blake3 IN (?)",
            List.of(blake3),
            Optional.empty())
        .stream()
        .findFirst();
  }

  /** Those of these blobs that the caller has sent itself, in any order. */
  List<FileDigests.Result> held(Caller caller, Collection<Digest> blake3) {
    List<Digest> all = List.copyOf(blake3);
    List<FileDigests.Result> found = new ArrayList<>();
    for (int at = 0; at < all.size(); at += AT_ONCE) {
      List<Digest> some = all.subList(at, Math.min(all.size(), at + AT_ONCE));
      found.addAll(
          select(
              "SELECT b.blake3, b.size_bytes, b.sha256, b.sha1 FROM blobs b"
                  + " JOIN blob_holders h ON h.blake3 = b.blake3 WHERE b.blake3 IN ("
                  + String.join(", ", Collections.nCopies(some.size(), "?"))
                  + ") AND h.principal = ?",
              some,
              Optional.of(caller)));
    }
    return found;
  }

  private List<FileDigests.Result> select(
      String sql, List<Digest> blake3, Optional<Caller> holder) {
    return database.read(connection -> {
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        int next = 1;
        for (Digest digest : blake3) {
          select.setBytes(next++, digest.bytes());
        }
        if (holder.isPresent()) {
          select.setString(next, holder.get().name());
        }
        List<FileDigests.Result> found = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            found.add(row(rows));
          }
        }
        return found;
      }
    });
  }

  private static FileDigests.Result row(ResultSet row) throws SQLException {
    return new FileDigests.Result(
        row.getLong(2),
        Digest.of(row.getBytes(1)),
        Digest.of(row.getBytes(3)),
        new GitBlobId(HexFormat.of().formatHex(row.getBytes(4))));
  }
}
