package dev.germline.app.lineage;

import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * genomic_layers and layer_usage by the ids of layers that the graph showed to whom it may: what is
 * seen there has been decided.
 */
final class RegisteredRows {
  private static final int IDS = 5_000;

  private RegisteredRows() {}

  static Map<EntityId, Registered> of(Connection connection, Collection<EntityId> ids)
      throws SQLException {
    Map<EntityId, Registered> found = HashMap.newHashMap(ids.size());
    List<EntityId> all = List.copyOf(ids);
    for (int from = 0; from < all.size(); from += IDS) {
      List<EntityId> some = all.subList(from, Math.min(from + IDS, all.size()));
      try (PreparedStatement select =
          connection.prepareStatement(
              "SELECT l.id, l.digest, l.creator, l.created_at, l.status FROM genomic_layers l"
                  + " WHERE l.id IN ("
                  + marks(some.size())
                  + ")")) {
        bind(select, some);
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            found.put(
                EntityId.of(row.getBytes(1)),
                new Registered(
                    Digest.of(row.getBytes(2)),
                    row.getString(3),
                    Instant.ofEpochMilli(row.getLong(4)),
                    row.getString(5)));
          }
        }
      }
    }
    return found;
  }

  /** When each layer was last used; those that never were are left out. */
  static Map<EntityId, Instant> lastUsed(Connection connection, List<EntityId> ids)
      throws SQLException {
    Map<EntityId, Instant> used = new HashMap<>();
    if (ids.isEmpty()) {
      return used;
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT u.layer_id, MAX(u.started_at) FROM layer_usage u WHERE u.layer_id IN ("
                + marks(ids.size())
                + ") GROUP BY u.layer_id")) {
      bind(select, ids);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          used.put(EntityId.of(row.getBytes(1)), Instant.ofEpochMilli(row.getLong(2)));
        }
      }
    }
    return used;
  }

  private static String marks(int count) {
    return String.join(",", Collections.nCopies(count, "?"));
  }

  private static void bind(PreparedStatement select, List<EntityId> ids) throws SQLException {
    int next = 1;
    for (EntityId id : ids) {
      select.setBytes(next++, id.bytes());
    }
  }
}
