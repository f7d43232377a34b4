package dev.germline.app.assembly;

import dev.germline.app.identity.Caller;
import dev.germline.app.layers.Assembled;
import dev.germline.app.layers.VisibleLayers;
import dev.germline.core.assembly.Assembly;
import dev.germline.core.assembly.Part;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerRef;
import dev.germline.core.layers.LayerVersion;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.EntityId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * assemblies, assembly_layers and assembly_access. Reads answer only with assemblies that the
 * caller may see and of which it may see every layer.
 */
final class AssemblyRows {
  private static final String COLUMNS =
      "SELECT s.id, s.digest, s.intention, s.namespace, s.name, s.version, s.creator, s.created_at,"
          + " s.visibility, s.outcome, s.ledger_sequence FROM assemblies s";

  /** The caller's name three times, and what {@link VisibleLayers} binds, between the first two. */
  private static final String VISIBLE =
      " (s.visibility IN ('public', 'organization') OR ? OR s.creator = ?"
          + " OR (s.visibility = 'whitelist' AND EXISTS (SELECT 1 FROM assembly_access a"
          + " WHERE a.assembly_id = s.id AND a.principal = ?)))"
          + " AND NOT EXISTS (SELECT 1 FROM assembly_layers m JOIN genomic_layers l"
          + " ON l.id = m.layer_id WHERE m.assembly_id = s.id AND NOT"
          + VisibleLayers.PREDICATE
          + ")";

  private AssemblyRows() {}

  static Optional<AssemblyRow> find(Connection connection, LayerName name, Caller caller)
      throws SQLException {
    return one(connection, name, VISIBLE, caller);
  }

  /** Whoever may see it: only for deciding whether a name is free. */
  static Optional<AssemblyRow> findUnseen(Connection connection, LayerName name)
      throws SQLException {
    return one(connection, name, " TRUE", null);
  }

  private static Optional<AssemblyRow> one(
      Connection connection, LayerName name, String condition, @Nullable Caller caller)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            COLUMNS + " WHERE s.namespace = ? AND s.name = ? AND s.version = ? AND" + condition)) {
      select.setString(1, name.namespace());
      select.setString(2, name.name());
      select.setString(3, name.version().text());
      if (caller != null) {
        visible(select, 4, caller);
      }
      return rows(select).stream().findFirst();
    }
  }

  /** Newest first, at most so many, before a sequence; all of a namespace and name where given. */
  static List<AssemblyRow> list(
      Connection connection,
      @Nullable String namespace,
      @Nullable String name,
      long before,
      int limit,
      Caller caller)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            COLUMNS
                + " WHERE s.ledger_sequence < ?"
                + (namespace == null ? "" : " AND s.namespace = ?")
                + (name == null ? "" : " AND s.name = ?")
                + " AND"
                + VISIBLE
                + " ORDER BY s.ledger_sequence DESC, s.id DESC LIMIT ?")) {
      int next = 1;
      select.setLong(next++, before);
      if (namespace != null) {
        select.setString(next++, namespace);
      }
      if (name != null) {
        select.setString(next++, name);
      }
      next = visible(select, next, caller);
      select.setInt(next, limit);
      return rows(select);
    }
  }

  /** Some of these, as far as the caller may see them. */
  static List<AssemblyRow> byId(Connection connection, Collection<EntityId> ids, Caller caller)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            COLUMNS + " WHERE s.id IN (?" + ", ?".repeat(ids.size() - 1) + ") AND" + VISIBLE)) {
      int next = 1;
      for (EntityId id : ids) {
        select.setBytes(next++, id.bytes());
      }
      visible(select, next, caller);
      return rows(select);
    }
  }

  /** Which assemblies have any of these layers; at most so many. */
  static List<Assembled.Use> uses(
      Connection connection, Collection<EntityId> layers, int most, Caller caller)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT s.id, s.namespace, s.name, s.version, s.creator, s.ledger_sequence, c.layer_id"
                + " FROM assembly_layers c JOIN assemblies s ON s.id = c.assembly_id"
                + " WHERE c.layer_id IN (?"
                + ", ?".repeat(layers.size() - 1)
                + ") AND"
                + VISIBLE
                + " LIMIT ?")) {
      int next = 1;
      for (EntityId layer : layers) {
        select.setBytes(next++, layer.bytes());
      }
      next = visible(select, next, caller);
      select.setInt(next, most);
      List<Assembled.Use> uses = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          uses.add(
              new Assembled.Use(
                  EntityId.of(row.getBytes(1)),
                  new LayerName(
                      row.getString(2), row.getString(3), LayerVersion.parse(row.getString(4))),
                  row.getString(5),
                  row.getLong(6),
                  EntityId.of(row.getBytes(7))));
        }
      }
      return uses;
    }
  }

  /** Who made the first version of a name. Called with the chain head locked. */
  static Optional<String> founder(Connection connection, LayerName name) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT creator FROM assemblies WHERE namespace = ? AND name = ?"
                + " ORDER BY ledger_sequence, id LIMIT 1")) {
      select.setString(1, name.namespace());
      select.setString(2, name.name());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }

  /** Writes all rows of a new assembly. Called with the chain head locked. */
  static void insert(Connection connection, AssemblyRow row, Assembly assembly, long sequence)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO assemblies (id, digest, intention, namespace, name, version, creator,"
                + " created_at, visibility, outcome, description, ledger_sequence)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      insert.setBytes(1, row.id().bytes());
      insert.setBytes(2, row.digest().bytes());
      insert.setBytes(3, row.intention().bytes());
      insert.setString(4, row.name().namespace());
      insert.setString(5, row.name().name());
      insert.setString(6, row.name().version().text());
      insert.setString(7, row.creator());
      insert.setLong(8, row.createdAt().toEpochMilli());
      insert.setString(9, row.visibility());
      insert.setString(10, row.outcome());
      insert.setString(11, assembly.description());
      insert.setLong(12, sequence);
      insert.executeUpdate();
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO assembly_layers (assembly_id, layer_id, position, part)"
                + " VALUES (?, ?, ?, ?)")) {
      int position = 0;
      for (Part part : assembly.parts()) {
        layer(insert, row.id(), part.layer(), position++, true);
      }
      for (LayerRef need : assembly.needs()) {
        layer(insert, row.id(), need, position++, false);
      }
      insert.executeBatch();
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO assembly_access (assembly_id, principal) VALUES (?, ?)")) {
      for (String principal : assembly.allowedUsers()) {
        insert.setBytes(1, row.id().bytes());
        insert.setString(2, principal);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void layer(
      PreparedStatement insert, EntityId assembly, LayerRef layer, int position, boolean part)
      throws SQLException {
    insert.setBytes(1, assembly.bytes());
    insert.setBytes(2, Document.idOf(layer.digest()).bytes());
    insert.setInt(3, position);
    insert.setBoolean(4, part);
    insert.addBatch();
  }

  private static int visible(PreparedStatement statement, int from, Caller caller)
      throws SQLException {
    statement.setBoolean(from, caller.admin());
    statement.setString(from + 1, caller.name());
    statement.setString(from + 2, caller.name());
    return VisibleLayers.bind(statement, from + 3, caller);
  }

  private static List<AssemblyRow> rows(PreparedStatement select) throws SQLException {
    List<AssemblyRow> rows = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        rows.add(
            new AssemblyRow(
                EntityId.of(row.getBytes(1)),
                Digest.of(row.getBytes(2)),
                Digest.of(row.getBytes(3)),
                new LayerName(
                    row.getString(4), row.getString(5), LayerVersion.parse(row.getString(6))),
                row.getString(7),
                Instant.ofEpochMilli(row.getLong(8)),
                row.getString(9),
                row.getString(10),
                row.getLong(11)));
      }
    }
    return rows;
  }
}
