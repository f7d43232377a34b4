package dev.germline.app.layers;

import dev.germline.app.identity.Caller;
import dev.germline.core.substrate.EntityId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * layer_claims, a page for each of many layers: only claims of which the caller may see every
 * layer.
 */
final class ClaimPageRows {
  /** Layers of one statement. */
  private static final int LAYERS = 100;

  private ClaimPageRows() {}

  /**
   * What to list; absent parts match everything.
   *
   * @param current only claims that count
   * @param limit of each layer
   */
  record Filter(@Nullable String type, boolean current, int limit) {}

  /**
   * Claims that name a layer, as subject or object, newest first, starting after the cursor; one
   * more than the limit when there are more.
   *
   * @return by layer; without those that have none
   */
  static Map<EntityId, List<ClaimRows.Row>> of(
      Connection connection,
      List<EntityId> layers,
      Filter filter,
      @Nullable Cursor after,
      Caller caller)
      throws SQLException {
    Map<EntityId, List<ClaimRows.Row>> found = new HashMap<>();
    for (int from = 0; from < layers.size(); from += LAYERS) {
      List<EntityId> some = layers.subList(from, Math.min(layers.size(), from + LAYERS));
      try (PreparedStatement select =
          connection.prepareStatement(statement(some.size(), filter, after))) {
        int next = 1;
        for (EntityId layer : some) {
          next = bind(select, next, layer, filter, after, caller);
          next = bind(select, next, layer, filter, after, caller);
        }
        read(select, some, filter, found);
      }
    }
    return found;
  }

  /** One branch for each layer and index: no layer's page depends on how much is said of others. */
  private static String statement(int layers, Filter filter, @Nullable Cursor after) {
    String part =
        (filter.type() == null ? "" : " AND c.type = ?")
            + (filter.current() ? " AND c.ended IS NULL" : "")
            + (after == null
                ? ""
                : " AND (c.ledger_sequence < ? OR (c.ledger_sequence = ? AND c.claim_id < ?))")
            + " ORDER BY c.ledger_sequence DESC, c.claim_id DESC LIMIT "
            + (filter.limit() + 1)
            + ")";
    List<String> branches = new ArrayList<>();
    for (int place = 0; place < layers; place++) {
      for (String end : List.of("c.subject_id", "c.object_id")) {
        branches.add(
            "(SELECT "
                + ClaimRows.COLUMNS
                + ", "
                + place
                + " AS place"
                + ClaimRows.VISIBLE
                + " AND "
                + end
                + " = ?"
                + part);
      }
    }
    return String.join(" UNION ALL ", branches)
        + " ORDER BY place, ledger_sequence DESC, claim_id DESC";
  }

  private static int bind(
      PreparedStatement select,
      int from,
      EntityId layer,
      Filter filter,
      @Nullable Cursor after,
      Caller caller)
      throws SQLException {
    int next = ClaimRows.visible(select, from, caller);
    select.setBytes(next++, layer.bytes());
    if (filter.type() != null) {
      select.setString(next++, filter.type());
    }
    if (after != null) {
      select.setLong(next++, after.ledgerSequence());
      select.setLong(next++, after.ledgerSequence());
      select.setBytes(next++, after.id().bytes());
    }
    return next;
  }

  private static void read(
      PreparedStatement select,
      List<EntityId> layers,
      Filter filter,
      Map<EntityId, List<ClaimRows.Row>> into)
      throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        List<ClaimRows.Row> rows =
            into.computeIfAbsent(layers.get(row.getInt(6)), _ -> new ArrayList<>());
        if (rows.size() <= filter.limit()) {
          rows.add(ClaimRows.row(row));
        }
      }
    }
  }
}
