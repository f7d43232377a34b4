package dev.germline.app.sharing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.germline.app.layers.LayerRow;
import dev.germline.core.layers.ValidationLevel;
import dev.germline.core.substrate.EntityId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** validation_reports. */
final class ReportRows {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ReportRows() {}

  static void insert(Connection connection, Report report, EntityId layer) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO validation_reports (id, layer_id, level, outcome, validated_by,"
                + " validated_at, findings) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      insert.setBytes(1, report.id().bytes());
      insert.setBytes(2, layer.bytes());
      insert.setString(3, report.level().toString());
      insert.setString(4, report.outcome().toString());
      insert.setString(5, report.by());
      insert.setLong(6, report.validatedAt().toEpochMilli());
      insert.setString(7, json(report.findings()));
      insert.executeUpdate();
    }
  }

  /** The reports on a layer, the newest first; which of them count is not known here. */
  static List<Report> of(Connection connection, LayerRow layer) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id, level, outcome, validated_by, validated_at, findings"
                + " FROM validation_reports WHERE layer_id = ?"
                + " ORDER BY validated_at DESC, id DESC")) {
      select.setBytes(1, layer.id().bytes());
      List<Report> reports = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          reports.add(
              new Report(
                  EntityId.of(row.getBytes(1)),
                  layer,
                  ValidationLevel.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
                  outcome(row.getString(3)),
                  row.getString(4),
                  Instant.ofEpochMilli(row.getLong(5)),
                  findings(row.getString(6)),
                  false));
        }
      }
      return reports;
    }
  }

  /** The reports on some layers, the newest first, without findings. */
  static Map<EntityId, List<Report>> heads(Connection connection, Map<EntityId, LayerRow> layers)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT layer_id, id, level, outcome, validated_by, validated_at"
                + " FROM validation_reports WHERE layer_id IN (?"
                + ", ?".repeat(layers.size() - 1)
                + ") ORDER BY layer_id, validated_at DESC, id DESC")) {
      int next = 1;
      for (EntityId id : layers.keySet()) {
        select.setBytes(next++, id.bytes());
      }
      Map<EntityId, List<Report>> heads = new HashMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          EntityId of = EntityId.of(row.getBytes(1));
          heads
              .computeIfAbsent(of, none -> new ArrayList<>())
              .add(
                  new Report(
                      EntityId.of(row.getBytes(2)),
                      Objects.requireNonNull(layers.get(of)),
                      ValidationLevel.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                      outcome(row.getString(4)),
                      row.getString(5),
                      Instant.ofEpochMilli(row.getLong(6)),
                      List.of(),
                      false));
        }
      }
      return heads;
    }
  }

  /** What some reports found. */
  static Map<EntityId, List<Finding>> findings(Connection connection, List<EntityId> reports)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id, findings FROM validation_reports WHERE id IN (?"
                + ", ?".repeat(reports.size() - 1)
                + ")")) {
      int next = 1;
      for (EntityId id : reports) {
        select.setBytes(next++, id.bytes());
      }
      Map<EntityId, List<Finding>> findings = new HashMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          findings.put(EntityId.of(row.getBytes(1)), findings(row.getString(2)));
        }
      }
      return findings;
    }
  }

  static void delete(Connection connection, EntityId id) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM validation_reports WHERE id = ?")) {
      delete.setBytes(1, id.bytes());
      delete.executeUpdate();
    }
  }

  private static String json(List<Finding> findings) {
    ArrayNode list = JSON.createArrayNode();
    for (Finding one : findings) {
      list.addObject()
          .put("check", one.check())
          .put("outcome", one.outcome().toString())
          .put("detail", one.detail());
    }
    return list.toString();
  }

  private static List<Finding> findings(String json) throws SQLException {
    try {
      List<Finding> findings = new ArrayList<>();
      for (JsonNode one : JSON.readTree(json)) {
        findings.add(
            new Finding(
                one.path("check").asText(),
                outcome(one.path("outcome").asText()),
                one.path("detail").asText()));
      }
      return findings;
    } catch (JsonProcessingException broken) {
      throw new SQLException("validation_reports.findings is not JSON", broken);
    }
  }

  private static Finding.Outcome outcome(String text) {
    return Finding.Outcome.valueOf(text.toUpperCase(Locale.ROOT).replace(' ', '_'));
  }
}
