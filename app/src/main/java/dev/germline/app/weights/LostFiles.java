package dev.germline.app.weights;

import dev.germline.app.sql.Database;
import dev.germline.blobstore.segment.ScrubIndex;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.TensorSpan;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which files a lost segment makes unreadable, in the words of those who pushed them. */
final class LostFiles {
  /** A segment may be of thousands of files; a report names this many. */
  private static final int MOST_FILES = 50;

  private static final int MOST_TENSORS = 20;

  /** Pieces of the segment, and those that are coded against them, wherever they lie. */
  private static final String RANGES =
      """
      WITH RECURSIVE hit (id, steps) AS (
        SELECT p.id, 0 FROM pieces p WHERE p.segment_id = ?
        UNION
        SELECT p.id, h.steps + 1 FROM pieces p JOIN hit h ON p.base_id = h.id WHERE h.steps < 8
      )
      SELECT DISTINCT b.id, b.blake3, b.tenant, rp.byte_offset, p.size_bytes
      FROM hit h
      JOIN pieces p ON p.id = h.id
      JOIN recipe_pieces rp ON rp.piece_id = h.id
      JOIN blobs b ON b.recipe_id = rp.recipe_id
      ORDER BY b.id, rp.byte_offset
      """;

  private static final String NAMES =
      "SELECT l.namespace, l.name, l.version, f.path FROM layer_files f"
          + " JOIN genomic_layers l ON l.id = f.layer_id WHERE f.blake3 = ? AND f.tenant = ?"
          + " ORDER BY l.ledger_sequence, f.position LIMIT 1";

  private final Database database;

  LostFiles(Database database) {
    this.database = database;
  }

  private record Blob(long id, Digest blake3, String tenant) {}

  private record Range(long begin, long end) {}

  /** The files, as far as the list goes. */
  List<ScrubReport.LostFile> of(ScrubIndex.Known segment) {
    return database.read(connection -> {
      List<ScrubReport.LostFile> files = new ArrayList<>();
      for (Map.Entry<Blob, List<Range>> blob : ranges(connection, segment).entrySet()) {
        if (files.size() == MOST_FILES) {
          return files;
        }
        files.add(file(connection, blob.getKey(), blob.getValue()));
      }
      return files;
    });
  }

  private static Map<Blob, List<Range>> ranges(Connection connection, ScrubIndex.Known segment)
      throws SQLException {
    Map<Blob, List<Range>> found = new LinkedHashMap<>();
    try (PreparedStatement select = connection.prepareStatement(RANGES)) {
      select.setLong(1, segment.row());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Blob blob =
              new Blob(
                  row.getLong("id"), Digest.of(row.getBytes("blake3")), row.getString("tenant"));
          long begin = row.getLong("byte_offset");
          found
              .computeIfAbsent(blob, key -> new ArrayList<>())
              .add(new Range(begin, begin + row.getLong("size_bytes")));
        }
      }
    }
    return found;
  }

  private static ScrubReport.LostFile file(Connection connection, Blob blob, List<Range> ranges)
      throws SQLException {
    String layer = null;
    String path = null;
    try (PreparedStatement select = connection.prepareStatement(NAMES)) {
      select.setBytes(1, blob.blake3().bytes());
      select.setString(2, blob.tenant());
      try (ResultSet row = select.executeQuery()) {
        if (row.next()) {
          layer = row.getString(1) + "/" + row.getString(2) + "@" + row.getString(3);
          path = row.getString(4);
        }
      }
    }
    return new ScrubReport.LostFile(
        blob.tenant(), blob.blake3().toHex(), layer, path, tensors(connection, blob, ranges));
  }

  private static List<String> tensors(Connection connection, Blob blob, List<Range> ranges)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT tensors FROM blob_tensors WHERE blob_id = ?")) {
      select.setLong(1, blob.id());
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? TensorList.read(row.getBytes(1)).stream()
                .filter(tensor ->
                    ranges.stream()
                        .anyMatch(
                            range -> tensor.begin() < range.end() && range.begin() < tensor.end()))
                .map(TensorSpan::name)
                .limit(MOST_TENSORS)
                .toList()
            : List.of();
      }
    }
  }
}
