package dev.germline.app.layers;

import dev.germline.app.blobs.Blob;
import dev.germline.app.identity.Caller;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerVersion;
import dev.germline.core.substrate.Digest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Layers that have files of one architecture, by blob_tensors.shape_signature. */
final class ParentRows {
  /** Of one layer several files may have the same signature. */
  private static final int MOST_FILES = 64;

  private ParentRows() {}

  /**
   * Visible layers that were published before and have a file with tensors of the same names, types
   * and shapes, in the same tenant: foundation models first, then the newest.
   *
   * @param child the file of which a parent is looked for
   * @param most how many
   * @return the first such file of each
   */
  static Map<LayerName, Digest> alike(
      Connection connection, LayerRow layer, Blob child, int most, Caller caller)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT l.namespace, l.name, l.version, f.blake3 FROM blob_tensors t"
                + " JOIN blob_tensors s ON s.shape_signature = t.shape_signature"
                + " JOIN blobs b ON b.id = s.blob_id"
                + " JOIN layer_files f ON f.blake3 = b.blake3 AND f.tenant = b.tenant"
                + " JOIN genomic_layers l ON l.id = f.layer_id"
                + " WHERE t.blob_id = ? AND b.tenant = ? AND l.ledger_sequence < ? AND"
                + LayerRows.VISIBLE
                + " ORDER BY l.type = 'foundation' DESC, l.ledger_sequence DESC, l.id, f.position"
                + " LIMIT "
                + MOST_FILES)) {
      select.setLong(1, child.id());
      select.setString(2, child.tenant().name());
      select.setLong(3, layer.ledgerSequence());
      LayerRows.visible(select, 4, caller);
      Map<LayerName, Digest> found = new LinkedHashMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next() && found.size() < most) {
          found.putIfAbsent(
              new LayerName(
                  row.getString(1), row.getString(2), LayerVersion.parse(row.getString(3))),
              Digest.of(row.getBytes(4)));
        }
      }
      return found;
    }
  }
}
