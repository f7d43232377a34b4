package dev.germline.app.layers;

import dev.germline.app.identity.Caller;
import dev.germline.core.substrate.EntityId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the pieces of layers come to. Added up in SQL, a page of pieces at a time, by indexes only,
 * so that no statement runs long whatever the size of a layer.
 */
final class StorageRows {
  /** Pieces of one statement. */
  static final int PAGE = 20_000;

  /**
   * Whether a visible layer, given by more conditions on f, has the piece. Not closed: more may
   * follow.
   */
  private static final String IN_LAYER =
      "EXISTS (SELECT 1 FROM recipe_pieces o JOIN blobs b ON b.recipe_id = o.recipe_id"
          + " JOIN layer_files f ON f.blake3 = b.blake3 AND f.tenant = b.tenant"
          + " JOIN genomic_layers l ON l.id = f.layer_id WHERE o.piece_id = p.id AND"
          + LayerRows.VISIBLE;

  private StorageRows() {}

  /**
   * Pieces that have everything but their number in common.
   *
   * @param shared of a layer's: whether another visible layer has them; of all: whether a visible
   *     layer has them
   * @param used whether some file or other piece needs them
   */
  record Group(
      String encoding,
      int depth,
      boolean shared,
      boolean used,
      long pieces,
      long rawBytes,
      long storedBytes) {}

  /** Where the page that begins at an offset ends; the offset of the next. */
  static OptionalLong pageEnd(Connection connection, long recipe, long offset) throws SQLException {
    return boundary(
        connection,
        "SELECT byte_offset FROM recipe_pieces WHERE recipe_id = ? AND byte_offset >= ?"
            + " ORDER BY byte_offset LIMIT 1 OFFSET "
            + PAGE,
        recipe,
        offset);
  }

  /** The last piece of the page behind this one, if pieces follow it. */
  static OptionalLong pageEnd(Connection connection, long after) throws SQLException {
    return boundary(
        connection,
        "SELECT MAX(id) FROM (SELECT id FROM pieces WHERE id > ? ORDER BY id LIMIT " + PAGE + ") x",
        after);
  }

  private static OptionalLong boundary(Connection connection, String sql, long... parameters)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        select.setLong(i + 1, parameters[i]);
      }
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return OptionalLong.empty();
        }
        long found = row.getLong(1);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(found);
      }
    }
  }

  /**
   * A page of a layer's recipe; what the recipe has before, or an earlier one of the layer has, is
   * left out.
   *
   * @param end one past the page's last byte
   * @param earlier recipes of the layer that were counted
   * @param others recipes that share: of other layers, or the layer's own that others have too
   */
  static List<Group> ofLayer(
      Connection connection,
      long recipe,
      long begin,
      long end,
      List<Long> earlier,
      List<Long> others)
      throws SQLException {
    String counted =
        earlier.isEmpty()
            ? ""
            : " AND NOT EXISTS (SELECT 1 FROM recipe_pieces e WHERE e.piece_id = r.piece_id"
                + " AND e.recipe_id IN "
                + marks(earlier)
                + ")";
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT encoding, depth, shared, 1, COUNT(*), SUM(size_bytes), SUM(frame_length)"
                + " FROM (SELECT p.encoding, p.depth, p.size_bytes, p.frame_length, "
                + inRecipes(others)
                + " AS shared FROM recipe_pieces r"
                + " JOIN pieces p ON p.id = r.piece_id"
                + " WHERE r.recipe_id = ? AND r.byte_offset >= ? AND r.byte_offset < ?"
                + " AND NOT EXISTS (SELECT 1 FROM recipe_pieces e WHERE e.piece_id = r.piece_id"
                + " AND e.recipe_id = r.recipe_id AND e.byte_offset < r.byte_offset)"
                + counted
                + ") x GROUP BY encoding, depth, shared")) {
      int next = set(select, 1, others);
      select.setLong(next++, recipe);
      select.setLong(next++, begin);
      select.setLong(next++, end);
      set(select, next, earlier);
      return groups(select);
    }
  }

  /** Whether one of the recipes has the piece p. */
  private static String inRecipes(List<Long> recipes) {
    return recipes.isEmpty()
        ? "FALSE"
        : "EXISTS (SELECT 1 FROM recipe_pieces o WHERE o.piece_id = p.id AND o.recipe_id IN "
            + marks(recipes)
            + ")";
  }

  /** The recipes that have a piece of a page of this one, itself included. */
  static List<Long> sharing(Connection connection, long recipe, long begin, long end)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT DISTINCT o.recipe_id FROM recipe_pieces r"
                + " JOIN recipe_pieces o ON o.piece_id = r.piece_id"
                + " WHERE r.recipe_id = ? AND r.byte_offset >= ? AND r.byte_offset < ?")) {
      select.setLong(1, recipe);
      select.setLong(2, begin);
      select.setLong(3, end);
      return ids(select);
    }
  }

  /** The recipes that have a piece that those of a layer are coded against. */
  static List<Long> sharingBases(Connection connection, List<Long> recipes) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            below(recipes)
                + " SELECT DISTINCT o.recipe_id FROM below"
                + " JOIN recipe_pieces o ON o.piece_id = below.id")) {
      set(select, 1, recipes);
      return ids(select);
    }
  }

  /**
   * Those of the recipes that a visible layer has.
   *
   * @param except not this layer
   */
  static List<Long> visible(
      Connection connection, List<Long> recipes, Optional<EntityId> except, Caller caller)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT DISTINCT b.recipe_id FROM blobs b"
                + " JOIN layer_files f ON f.blake3 = b.blake3 AND f.tenant = b.tenant"
                + " JOIN genomic_layers l ON l.id = f.layer_id WHERE b.recipe_id IN "
                + marks(recipes)
                + (except.isPresent() ? " AND f.layer_id <> ?" : "")
                + " AND"
                + LayerRows.VISIBLE)) {
      int next = set(select, 1, recipes);
      if (except.isPresent()) {
        select.setBytes(next++, except.get().bytes());
      }
      LayerRows.visible(select, next, caller);
      return ids(select);
    }
  }

  private static List<Long> ids(PreparedStatement select) throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        ids.add(row.getLong(1));
      }
    }
    return ids;
  }

  /** The pieces {@code (after, last]}, whoever has them. */
  static List<Group> ofAll(Connection connection, long after, long last, Caller caller)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT encoding, depth, shared, used, COUNT(*), SUM(size_bytes), SUM(frame_length)"
                + " FROM (SELECT p.encoding, p.depth, p.size_bytes, p.frame_length, "
                + IN_LAYER
                + ") AS shared,"
                + " (EXISTS (SELECT 1 FROM recipe_pieces u WHERE u.piece_id = p.id)"
                + " OR EXISTS (SELECT 1 FROM pieces u WHERE u.base_id = p.id)) AS used"
                + " FROM pieces p WHERE p.id > ? AND p.id <= ?) x"
                + " GROUP BY encoding, depth, shared, used")) {
      int next = LayerRows.visible(select, 1, caller);
      select.setLong(next++, after);
      select.setLong(next, last);
      return groups(select);
    }
  }

  private static List<Group> groups(PreparedStatement select) throws SQLException {
    List<Group> groups = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        groups.add(
            new Group(
                row.getString(1),
                row.getInt(2),
                row.getBoolean(3),
                row.getBoolean(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7)));
      }
    }
    return groups;
  }

  /**
   * Pieces that a layer's are coded against, however many steps away, and are not its own.
   *
   * @param storedBytes of their frames
   * @param hidden how many of them no visible layer has
   */
  record Bases(long storedBytes, long hidden) {}

  /**
   * What a layer's pieces are coded against.
   *
   * @param seen recipes of visible layers that have some of it
   */
  static Bases bases(Connection connection, List<Long> recipes, List<Long> seen)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            below(recipes)
                + " SELECT COALESCE(SUM(frame_length), 0), COALESCE(SUM(1 - seen), 0) FROM"
                + " (SELECT p.frame_length, "
                + inRecipes(seen)
                + " AS seen FROM below JOIN pieces p ON p.id = below.id WHERE NOT EXISTS"
                + " (SELECT 1 FROM recipe_pieces e WHERE e.piece_id = p.id AND e.recipe_id IN "
                + marks(recipes)
                + ")) x")) {
      int next = set(select, 1, recipes);
      next = set(select, next, seen);
      set(select, next, recipes);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return new Bases(row.getLong(1), row.getLong(2));
      }
    }
  }

  /** All pieces under those of the recipes, as {@code below}. */
  private static String below(List<Long> recipes) {
    return "WITH RECURSIVE below (id) AS (SELECT p.base_id FROM recipe_pieces r"
        + " JOIN pieces p ON p.id = r.piece_id WHERE r.recipe_id IN "
        + marks(recipes)
        + " AND p.base_id IS NOT NULL UNION SELECT p.base_id FROM below"
        + " JOIN pieces p ON p.id = below.id WHERE p.base_id IS NOT NULL)";
  }

  /** The visible layers and their files. */
  record Files(long layers, long files, long bytes) {}

  static Files files(Connection connection, Caller caller) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT COUNT(DISTINCT l.id), COUNT(*), COALESCE(SUM(f.size_bytes), 0)"
                + " FROM genomic_layers l JOIN layer_files f ON f.layer_id = l.id WHERE"
                + LayerRows.VISIBLE)) {
      LayerRows.visible(select, 1, caller);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return new Files(row.getLong(1), row.getLong(2), row.getLong(3));
      }
    }
  }

  /** The objects in S3. */
  record Segments(long count, long bytes) {}

  static Segments segments(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT COUNT(*), COALESCE(SUM(size_bytes), 0) FROM segments");
        ResultSet row = select.executeQuery()) {
      row.next();
      return new Segments(row.getLong(1), row.getLong(2));
    }
  }

  private static String marks(List<Long> some) {
    return "(" + String.join(", ", Collections.nCopies(some.size(), "?")) + ")";
  }

  private static int set(PreparedStatement statement, int from, List<Long> values)
      throws SQLException {
    int next = from;
    for (long value : values) {
      statement.setLong(next++, value);
    }
    return next;
  }
}
