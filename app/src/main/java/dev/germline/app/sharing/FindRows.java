package dev.germline.app.sharing;

import dev.germline.app.identity.Caller;
import dev.germline.app.layers.VisibleLayers;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerStatus;
import dev.germline.core.layers.LayerType;
import dev.germline.core.layers.LayerVersion;
import dev.germline.core.retrieval.HashedEmbedding;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityId;
import dev.germline.core.substrate.QuantizedVector;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Searches. Every statement sees only what the caller may see. */
final class FindRows {
  /** As many of each ranking are fused. */
  static final int RANKED = 200;

  /** The newest of those that the filters leave, whose vectors are compared with the text's. */
  static final int COMPARED = 20_000;

  /** Below this, in millionths, two texts have no more in common than any two. */
  private static final int LEAST_COSINE = 150_000;

  private static final String FROM =
      " FROM layer_search s JOIN genomic_layers l ON l.id = s.layer_id WHERE"
          + VisibleLayers.PREDICATE;

  private FindRows() {}

  /** The newest that the filters leave. */
  static List<EntityId> newest(Connection connection, LayerQuery query, Caller caller)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT l.id"
                + FROM
                + filters(query)
                + " ORDER BY l.ledger_sequence DESC, l.id DESC LIMIT ?")) {
      select.setInt(bind(select, 1, query, caller), query.limit());
      return ids(select);
    }
  }

  /** By words: the best by the full-text index. */
  static List<EntityId> byWords(Connection connection, LayerQuery query, String text, Caller caller)
      throws SQLException {
    String words = text.toLowerCase(Locale.ROOT);
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT l.id"
                + FROM
                + filters(query)
                + " AND MATCH(s.words) AGAINST(? IN NATURAL LANGUAGE MODE)"
                + " ORDER BY MATCH(s.words) AGAINST(? IN NATURAL LANGUAGE MODE) DESC, l.id"
                + " LIMIT ?")) {
      int next = bind(select, 1, query, caller);
      select.setString(next++, words);
      select.setString(next++, words);
      select.setInt(next, RANKED);
      return ids(select);
    }
  }

  /** By likeness: the nearest vectors. */
  static List<EntityId> byLikeness(
      Connection connection, LayerQuery query, QuantizedVector asked, Caller caller)
      throws SQLException {
    record Near(EntityId id, int cosine) {}
    List<Near> near = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT l.id, s.embedding"
                + FROM
                + filters(query)
                + " ORDER BY l.ledger_sequence DESC, l.id DESC LIMIT ?")) {
      select.setInt(bind(select, 1, query, caller), COMPARED);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          int cosine =
              HashedEmbedding.cosineMillionths(asked, QuantizedVector.fromBytes(row.getBytes(2)));
          if (cosine >= LEAST_COSINE) {
            near.add(new Near(EntityId.of(row.getBytes(1)), cosine));
          }
        }
      }
    }
    near.sort(Comparator.comparingInt(Near::cosine).reversed().thenComparing(Near::id));
    return near.stream().limit(RANKED).map(Near::id).toList();
  }

  /** The layers with these ids that the caller may see. */
  static Map<EntityId, FoundLayer> layers(Connection connection, List<EntityId> ids, Caller caller)
      throws SQLException {
    Map<EntityId, FoundLayer> found = new HashMap<>();
    if (ids.isEmpty()) {
      return found;
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT l.id, l.namespace, l.name, l.version, l.digest, l.type, l.status, l.visibility,"
                + " l.creator, l.description, s.license"
                + FROM
                + " AND l.id IN ("
                + String.join(", ", Collections.nCopies(ids.size(), "?"))
                + ")")) {
      int next = VisibleLayers.bind(select, 1, caller);
      for (EntityId id : ids) {
        select.setBytes(next++, id.bytes());
      }
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.put(
              EntityId.of(row.getBytes(1)),
              new FoundLayer(
                  new LayerName(
                      row.getString(2), row.getString(3), LayerVersion.parse(row.getString(4))),
                  Digest.of(row.getBytes(5)),
                  LayerType.parse(row.getString(6)),
                  LayerStatus.valueOf(row.getString(7).toUpperCase(Locale.ROOT)),
                  row.getString(8),
                  row.getString(9),
                  row.getString(10),
                  row.getString(11),
                  0,
                  FoundLayer.LOCAL));
        }
      }
    }
    return found;
  }

  private static String filters(LayerQuery query) {
    StringBuilder sql = new StringBuilder(" AND l.status = ?");
    also(sql, query.type(), " AND l.type = ?");
    also(sql, query.namespace(), " AND l.namespace = ?");
    also(sql, query.license(), " AND s.license = ?");
    also(sql, query.commercialUse(), " AND s.commercial_use = ?");
    also(
        sql,
        query.capability(),
        " AND EXISTS (SELECT 1 FROM layer_capabilities c WHERE c.capability = ?"
            + " AND c.layer_id = l.id)");
    switch (query.reach()) {
      case LOCAL -> {}
      case REGIONAL -> sql.append(" AND s.reach IN ('regional', 'global')");
      case GLOBAL -> sql.append(" AND s.reach = 'global'");
    }
    for (MetricThreshold metric : query.metrics()) {
      sql.append(" AND (SELECT SUM(d.n * d.mean) / SUM(d.n) FROM layer_performance_days d")
          .append(" WHERE d.layer_id = l.id AND d.task_type = ? AND d.metric_type = ?)")
          .append(metric.atLeast() ? " >= ?" : " <= ?");
    }
    return sql.toString();
  }

  private static void also(StringBuilder sql, @Nullable Object value, String condition) {
    if (value != null) {
      sql.append(condition);
    }
  }

  private static int bind(PreparedStatement select, int from, LayerQuery query, Caller caller)
      throws SQLException {
    int next = VisibleLayers.bind(select, from, caller);
    select.setString(next++, query.status().toString());
    if (query.type() != null) {
      select.setString(next++, query.type().toString());
    }
    if (query.namespace() != null) {
      select.setString(next++, query.namespace());
    }
    if (query.license() != null) {
      select.setString(next++, query.license());
    }
    if (query.commercialUse() != null) {
      select.setBoolean(next++, query.commercialUse());
    }
    if (query.capability() != null) {
      select.setString(next++, query.capability());
    }
    for (MetricThreshold metric : query.metrics()) {
      select.setString(next++, metric.taskType());
      select.setString(next++, metric.metricType());
      select.setDouble(next++, metric.bound());
    }
    return next;
  }

  private static List<EntityId> ids(PreparedStatement select) throws SQLException {
    List<EntityId> ids = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        ids.add(EntityId.of(row.getBytes(1)));
      }
    }
    return ids;
  }
}
