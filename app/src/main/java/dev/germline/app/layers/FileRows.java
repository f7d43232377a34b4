package dev.germline.app.layers;

import dev.germline.app.blobs.Blob;
import dev.germline.app.identity.Caller;
import dev.germline.app.sql.Database;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.LayerFile;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityId;
import dev.germline.core.weights.FileFormat;
import dev.germline.core.weights.GitBlobId;
import dev.germline.core.weights.Tenant;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** layer_files: which blobs a layer has, under which paths. */
final class FileRows {
  private FileRows() {}

  /**
   * A file of a layer.
   *
   * @param size in bytes
   */
  record Row(String path, Tenant tenant, Digest blake3, long size, FileFormat format) {}

  /** A file of a layer to be, and the blob that it is. */
  record Placed(LayerFile file, Blob blob) {}

  /**
   * Writes the files of a new layer, in their order. Called with the chain head locked; a blob that
   * is gone by now makes it fail.
   *
   * @throws GermlineException BLOB_NOT_FOUND
   */
  static void insert(Connection connection, EntityId layer, List<Placed> files)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO layer_files (layer_id, position, path, tenant, blake3, sha256, sha1,"
                + " size_bytes, format) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      int position = 0;
      for (Placed placed : files) {
        LayerFile file = placed.file();
        insert.setBytes(1, layer.bytes());
        insert.setInt(2, position++);
        insert.setString(3, file.path().value());
        insert.setString(4, placed.blob().tenant().name());
        insert.setBytes(5, file.blake3().bytes());
        insert.setBytes(6, file.sha256().bytes());
        insert.setBytes(7, sha1(file.gitSha1()));
        insert.setLong(8, file.sizeBytes());
        insert.setString(9, file.format().toString());
        insert.addBatch();
      }
      insert.executeBatch();
    } catch (SQLException failure) {
      if (Database.refersToNothing(failure)) {
        // Without the cause: this is no failure of the store.
        throw new GermlineException(
            Fault.BLOB_NOT_FOUND, "a blob of this layer was collected just now; upload it again");
      }
      throw failure;
    }
  }

  private static byte[] sha1(GitBlobId id) {
    return HexFormat.of().parseHex(id.hex());
  }

  /** The files of a layer, in their order. */
  static List<Row> of(Connection connection, EntityId layer) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT path, tenant, blake3, size_bytes, format FROM layer_files WHERE layer_id = ?"
                + " ORDER BY position")) {
      select.setBytes(1, layer.bytes());
      List<Row> files = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          files.add(
              new Row(
                  row.getString(1),
                  new Tenant(row.getString(2)),
                  Digest.of(row.getBytes(3)),
                  row.getLong(4),
                  FileFormat.named(row.getString(5))));
        }
      }
      return files;
    }
  }

  /** The tenant of some layer that the caller may see and that has a file of this content. */
  static Optional<Tenant> readable(Connection connection, Digest blake3, Caller caller)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT f.tenant FROM layer_files f JOIN genomic_layers l ON l.id = f.layer_id"
                + " WHERE f.blake3 = ? AND"
                + LayerRows.VISIBLE
                + " LIMIT 1")) {
      select.setBytes(1, blake3.bytes());
      LayerRows.visible(select, 2, caller);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(new Tenant(row.getString(1))) : Optional.empty();
      }
    }
  }
}
