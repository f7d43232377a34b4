package dev.germline.app.blobs;

import dev.germline.app.identity.Caller;
import dev.germline.app.sql.Database;
import dev.germline.app.weights.TensorList;
import dev.germline.blobstore.weights.Stored;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.FileDigests;
import dev.germline.core.weights.GitBlobId;
import dev.germline.core.weights.Tenant;
import dev.germline.core.weights.TensorSpan;
import java.sql.Connection;
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

/** The tables blobs, blob_tensors and blob_holders. */
final class BlobRepository {
  private static final int AT_ONCE = 1000;
  private static final String COLUMNS =
      "SELECT b.id, b.tenant, b.blake3, b.size_bytes, b.sha256, b.sha1, b.recipe_id FROM blobs b";

  private final Database database;

  BlobRepository(Database database) {
    this.database = database;
  }

  /**
   * Remembers a blob that is stored, and that the caller had all of it.
   *
   * @return whether it was not there before
   */
  boolean add(Caller holder, Stored stored, Instant now) {
    return database.transact(connection -> {
      insert(connection, holder.tenant(), stored, now);
      Blob blob =
          find(connection, holder.tenant(), stored.digests().blake3())
              .orElseThrow(() -> new SQLException("the blob just written is gone"));
      boolean fresh = blob.recipe() == stored.recipe();
      if (fresh && !stored.scan().tensors().isEmpty()) {
        insertTensors(connection, blob.id(), stored.scan().tensors());
      }
      hold(connection, blob, holder, now);
      return fresh;
    });
  }

  private static void insert(Connection connection, Tenant tenant, Stored stored, Instant now)
      throws SQLException {
    // The recipe of a blob that is there already stays: someone may be reading by it.
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO blobs (tenant, blake3, size_bytes, sha256, sha1, recipe_id, created_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE id = id")) {
      FileDigests.Result digests = stored.digests();
      insert.setString(1, tenant.name());
      insert.setBytes(2, digests.blake3().bytes());
      insert.setLong(3, digests.size());
      insert.setBytes(4, digests.sha256().bytes());
      insert.setBytes(5, HexFormat.of().parseHex(digests.gitSha1().hex()));
      insert.setLong(6, stored.recipe());
      insert.setLong(7, now.toEpochMilli());
      insert.executeUpdate();
    }
  }

  private static void insertTensors(Connection connection, long blob, List<TensorSpan> tensors)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO blob_tensors (blob_id, shape_signature, tensors) VALUES (?, ?, ?)")) {
      insert.setLong(1, blob);
      insert.setBytes(2, TensorList.signature(tensors).bytes());
      insert.setBytes(3, TensorList.write(tensors));
      insert.executeUpdate();
    }
  }

  private static void hold(Connection connection, Blob blob, Caller holder, Instant now)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            // What was sent again is not collected for a while.
            "INSERT INTO blob_holders (blob_id, principal, held_since) VALUES (?, ?, ?)"
                + " ON DUPLICATE KEY UPDATE held_since = VALUES(held_since)")) {
      insert.setLong(1, blob.id());
      insert.setString(2, holder.name());
      insert.setLong(3, now.toEpochMilli());
      insert.executeUpdate();
    }
  }

  Optional<Blob> find(Tenant tenant, Digest blake3) {
    return database.read(connection -> find(connection, tenant, blake3));
  }

  private static Optional<Blob> find(Connection connection, Tenant tenant, Digest blake3)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(COLUMNS + " WHERE b.blake3 = ? AND b.tenant = ?")) {
      select.setBytes(1, blake3.bytes());
      select.setString(2, tenant.name());
      return rows(select).stream().findFirst();
    }
  }

  /** The blobs of this content, one for each tenant that has it. */
  List<Blob> everywhere(Digest blake3) {
    return database.read(connection -> {
      try (PreparedStatement select =
          connection.prepareStatement(COLUMNS + " WHERE b.blake3 = ?")) {
        select.setBytes(1, blake3.bytes());
        return rows(select);
      }
    });
  }

  /** The BLAKE3 of the bytes with this SHA-256, if any tenant has them. */
  Optional<Digest> blake3(Digest sha256) {
    return database.read(connection -> {
      try (PreparedStatement select =
          connection.prepareStatement("SELECT blake3 FROM blobs WHERE sha256 = ? LIMIT 1")) {
        select.setBytes(1, sha256.bytes());
        try (ResultSet row = select.executeQuery()) {
          return row.next() ? Optional.of(Digest.of(row.getBytes(1))) : Optional.empty();
        }
      }
    });
  }

  /** Those of these blobs that the caller has sent itself, in any order. */
  List<Blob> held(Caller caller, Collection<Digest> blake3) {
    List<Digest> all = List.copyOf(blake3);
    List<Blob> found = new ArrayList<>();
    for (int at = 0; at < all.size(); at += AT_ONCE) {
      List<Digest> some = all.subList(at, Math.min(all.size(), at + AT_ONCE));
      found.addAll(database.read(connection -> held(connection, caller, some)));
    }
    return found;
  }

  private static List<Blob> held(Connection connection, Caller caller, List<Digest> some)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            COLUMNS
                + " JOIN blob_holders h ON h.blob_id = b.id WHERE b.blake3 IN ("
                + String.join(", ", Collections.nCopies(some.size(), "?"))
                + ") AND b.tenant = ? AND h.principal = ?")) {
      int next = 1;
      for (Digest digest : some) {
        select.setBytes(next++, digest.bytes());
      }
      select.setString(next++, caller.tenant().name());
      select.setString(next, caller.name());
      return rows(select);
    }
  }

  /** The tensors of a blob; empty for a file without any. */
  List<TensorSpan> tensors(Blob blob) {
    return database.read(connection -> {
      try (PreparedStatement select =
          connection.prepareStatement("SELECT tensors FROM blob_tensors WHERE blob_id = ?")) {
        select.setLong(1, blob.id());
        try (ResultSet row = select.executeQuery()) {
          return row.next() ? TensorList.read(row.getBytes(1)) : List.of();
        }
      }
    });
  }

  private static List<Blob> rows(PreparedStatement select) throws SQLException {
    List<Blob> found = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        found.add(
            new Blob(
                row.getLong("id"),
                new Tenant(row.getString("tenant")),
                new FileDigests.Result(
                    row.getLong("size_bytes"),
                    Digest.of(row.getBytes("blake3")),
                    Digest.of(row.getBytes("sha256")),
                    new GitBlobId(HexFormat.of().formatHex(row.getBytes("sha1")))),
                row.getLong("recipe_id")));
      }
    }
    return found;
  }
}
