package dev.germline.app.weights;

import dev.germline.app.sql.Database;
import dev.germline.app.weights.CollectionReport.Tally;
import dev.germline.core.GermlineException;
import dev.germline.core.substrate.Digest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * What nothing refers to, and how it goes. Tables are gone through by their primary keys, a page a
 * statement; each page comes with those of its rows that are loose. Foreign keys have the last
 * word: a row that someone has come to refer to in between stays.
 */
final class CollectionRows {
  private static final int PAGE = 1_000;
  private static final int DELETED_AT_ONCE = 100;

  /** Row ids are positive. */
  static final long BEFORE_ALL = 0;

  static final long AFTER_ALL = Long.MAX_VALUE;

  private final Database database;

  CollectionRows(Database database) {
    this.database = database;
  }

  /** A row that may go. */
  record Row(long id, long bytes) {}

  /**
   * Some rows of a table.
   *
   * @param last the id to go on from
   * @param ended whether there are no more
   */
  record Page(List<Row> loose, long last, boolean ended) {}

  /**
   * A segment that nothing lies in.
   *
   * @param condemnedAt milliseconds since 1970 UTC
   */
  record Empty(long id, Digest hash, long bytes, OptionalLong condemnedAt) {}

  Page blobs(long after, long before) {
    return page(
        "SELECT b.id, b.size_bytes, "
            + Loose.blob("b")
            + " FROM blobs b WHERE b.id > ? ORDER BY b.id LIMIT "
            + PAGE,
        after,
        before);
  }

  Page recipes(long after, long before, boolean foreseen) {
    return page(
        "SELECT r.id, 0, "
            + Loose.recipe("r", foreseen)
            + " FROM recipes r WHERE r.id > ? ORDER BY r.id LIMIT "
            + PAGE,
        after,
        before);
  }

  /** From the youngest on: a piece comes before the one that it is coded against. */
  Page pieces(long under, long before, boolean foreseen) {
    return page(
        "SELECT p.id, p.frame_length, "
            + Loose.piece("p", foreseen)
            + " FROM pieces p WHERE p.id < ? ORDER BY p.id DESC LIMIT "
            + PAGE,
        under,
        before);
  }

  private Page page(String sql, long from, long before) {
    return database.read(connection -> page(connection, sql, from, before));
  }

  /** The last parameter is where the page begins, all others the time. */
  private static Page page(Connection connection, String sql, long from, long before)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int times = (int) sql.chars().filter(c -> c == '?').count() - 1;
      for (int i = 1; i <= times; i++) {
        select.setLong(i, before);
      }
      select.setLong(times + 1, from);
      List<Row> loose = new ArrayList<>();
      long last = from;
      int rows = 0;
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          rows++;
          last = row.getLong(1);
          if (row.getBoolean(3)) {
            loose.add(new Row(last, row.getLong(2)));
          }
        }
      }
      return new Page(loose, last, rows < PAGE);
    }
  }

  /**
   * Deletes a blob with its tensors and holders, unless someone has sent it again or a layer has it
   * by now.
   */
  boolean deleteBlob(long id, long before) {
    return unlessReferred(
        false,
        () ->
            database.transact(connection -> {
              // Whoever sends it again waits for this row, and so do we: what is read after it
              // is locked is how things stand.
              lock(connection, "SELECT id FROM blobs WHERE id = ? FOR UPDATE", id);
              String again = "SELECT b.id, 0, " + Loose.blob("b") + " FROM blobs b WHERE b.id = ?";
              return !page(connection, again, id, before).loose().isEmpty()
                  && update(connection, "DELETE FROM blobs WHERE id = ?", id) == 1;
            }));
  }

  /** Deletes a recipe with its list of pieces. */
  boolean deleteRecipe(long id) {
    return unlessReferred(
        false,
        () ->
            database.transact(connection -> {
              Database.beginLongWork(connection);
              return update(connection, "DELETE FROM recipes WHERE id = ?", id) == 1;
            }));
  }

  /** Deletes pieces that were not used since; gives how many, and their stored bytes. */
  Tally deletePieces(List<Row> pieces, long before) {
    Tally gone = Tally.NONE;
    for (int at = 0; at < pieces.size(); at += DELETED_AT_ONCE) {
      List<Long> ids =
          pieces.subList(at, Math.min(pieces.size(), at + DELETED_AT_ONCE)).stream()
              .map(Row::id)
              .sorted()
              .toList();
      Tally some = unlessReferred(Tally.NONE, () -> deletePieceRows(ids, before));
      if (some.count() == 0) {
        for (long id : ids) {
          Tally one = unlessReferred(Tally.NONE, () -> deletePieceRows(List.of(id), before));
          some = some.plus(one.count(), one.bytes());
        }
      }
      gone = gone.plus(some.count(), some.bytes());
    }
    return gone;
  }

  private Tally deletePieceRows(List<Long> ids, long before) {
    return database.transact(connection -> {
      List<Long> going = new ArrayList<>();
      long bytes = 0;
      try (PreparedStatement select =
          connection.prepareStatement(
              "SELECT id, frame_length FROM pieces WHERE id IN "
                  + PieceRows.marks(ids)
                  + " AND used_at < ? FOR UPDATE")) {
        set(select, ids);
        select.setLong(ids.size() + 1, before);
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            going.add(row.getLong(1));
            bytes += row.getLong(2);
          }
        }
      }
      if (!going.isEmpty()) {
        try (PreparedStatement delete =
            connection.prepareStatement(
                "DELETE FROM pieces WHERE id IN " + PieceRows.marks(going))) {
          set(delete, going);
          delete.executeUpdate();
        }
      }
      return new Tally(going.size(), bytes);
    });
  }

  /** Segments without pieces that were begun before a time, from a row on. */
  List<Empty> emptySegments(long after, long before) {
    return database.read(connection -> {
      try (PreparedStatement select =
          connection.prepareStatement(
              "SELECT s.id, s.hash, s.size_bytes, s.condemned_at FROM segments s"
                  + " WHERE s.id > ? AND s.created_at < ?"
                  + " AND (SELECT 1 FROM pieces p WHERE p.segment_id = s.id LIMIT 1) IS NULL"
                  + " ORDER BY s.id LIMIT "
                  + PAGE)) {
        select.setLong(1, after);
        select.setLong(2, before);
        List<Empty> empty = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            long condemnedAt = row.getLong(4);
            OptionalLong condemned =
                row.wasNull() ? OptionalLong.empty() : OptionalLong.of(condemnedAt);
            empty.add(
                new Empty(row.getLong(1), Digest.of(row.getBytes(2)), row.getLong(3), condemned));
          }
        }
        return empty;
      }
    });
  }

  /** Condemns a segment, unless it has pieces by now; nothing is put into it from then on. */
  boolean condemn(long id, long now) {
    return unlessReferred(
        false,
        () ->
            database.transact(connection -> {
              // An upload that has pieces for it holds this row until they are there.
              lock(connection, "SELECT id FROM segments WHERE id = ? FOR UPDATE", id);
              try (PreparedStatement update =
                  connection.prepareStatement(
                      "UPDATE segments SET condemned_at = ? WHERE id = ? AND condemned_at IS NULL"
                          + " AND (SELECT 1 FROM pieces p WHERE p.segment_id = segments.id LIMIT 1)"
                          + " IS NULL")) {
                update.setLong(1, now);
                update.setLong(2, id);
                return update.executeUpdate() == 1;
              }
            }));
  }

  /** Forgets a condemned segment whose object is deleted. */
  boolean deleteSegment(long id) {
    return unlessReferred(
        false,
        () ->
            database.transact(connection ->
                update(
                        connection,
                        "DELETE FROM segments WHERE id = ? AND condemned_at IS NOT NULL",
                        id)
                    == 1));
  }

  private static <T> T unlessReferred(T otherwise, Supplier<T> work) {
    try {
      return work.get();
    } catch (GermlineException refused) {
      if (refused.getCause() instanceof SQLException cause
          && (Database.isReferredTo(cause) || Database.isDeadlock(cause))) {
        return otherwise;
      }
      throw refused;
    }
  }

  private static void lock(Connection connection, String sql, long id) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, id);
      select.executeQuery().close();
    }
  }

  private static int update(Connection connection, String sql, long id) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, id);
      return update.executeUpdate();
    }
  }

  private static void set(PreparedStatement statement, List<Long> ids) throws SQLException {
    for (int i = 0; i < ids.size(); i++) {
      statement.setLong(i + 1, ids.get(i));
    }
  }
}
