package dev.germline.app.layers;

import dev.germline.app.identity.Caller;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.Layer;
import dev.germline.core.layers.LayerFamily;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerStatus;
import dev.germline.core.layers.LayerType;
import dev.germline.core.layers.LayerVersion;
import dev.germline.core.layers.Manifest;
import dev.germline.core.layers.Sharing.Visibility;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * genomic_layers and layer_access. Reads take the caller and answer only with what it may see:
 * there is no other way to read here.
 */
final class LayerRows {
  static final String COLUMNS =
      "SELECT l.id, l.digest, l.namespace, l.name, l.version, l.type, l.creator, l.created_at,"
          + " l.visibility, l.status, l.description, l.ledger_sequence FROM genomic_layers l";

  /** Three parameters: whether the caller is an admin, and its name twice. */
  static final String VISIBLE =
      " (l.visibility IN ('public', 'organization') OR ? OR l.creator = ?"
          + " OR (l.visibility = 'whitelist' AND EXISTS (SELECT 1 FROM layer_access a"
          + " WHERE a.layer_id = l.id AND a.principal = ?)))";

  private LayerRows() {}

  /** What to list; absent parts match everything. */
  record Filter(
      @Nullable String namespace, @Nullable String name, @Nullable LayerType type, int limit) {}

  static Optional<LayerRow> find(Connection connection, LayerName name, Caller caller)
      throws SQLException {
    return one(connection, name, VISIBLE, caller);
  }

  /** Whoever may see it: only for deciding whether a name is free. */
  static Optional<LayerRow> findUnseen(Connection connection, LayerName name) throws SQLException {
    return one(connection, name, " TRUE", null);
  }

  private static Optional<LayerRow> one(
      Connection connection, LayerName name, String condition, @Nullable Caller caller)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            COLUMNS + " WHERE l.namespace = ? AND l.name = ? AND l.version = ? AND" + condition)) {
      int next = family(select, 1, name.family());
      select.setString(next++, name.version().text());
      if (caller != null) {
        visible(select, next, caller);
      }
      return rows(select).stream().findFirst();
    }
  }

  /** All versions of a family, unordered. */
  static List<LayerRow> versions(Connection connection, LayerFamily family, Caller caller)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            COLUMNS + " WHERE l.namespace = ? AND l.name = ? AND" + VISIBLE)) {
      visible(select, family(select, 1, family), caller);
      return rows(select);
    }
  }

  /** Newest first, starting after the cursor; one more than the limit when there are more. */
  static List<LayerRow> page(
      Connection connection, Filter filter, @Nullable Cursor after, Caller caller)
      throws SQLException {
    StringBuilder sql = new StringBuilder(COLUMNS).append(" WHERE").append(VISIBLE);
    if (filter.namespace() != null) {
      sql.append(" AND l.namespace = ?");
    }
    if (filter.name() != null) {
      sql.append(" AND l.name = ?");
    }
    if (filter.type() != null) {
      sql.append(" AND l.type = ?");
    }
    if (after != null) {
      sql.append(" AND (l.ledger_sequence < ? OR (l.ledger_sequence = ? AND l.id < ?))");
    }
    sql.append(" ORDER BY l.ledger_sequence DESC, l.id DESC LIMIT ?");
    try (PreparedStatement select = connection.prepareStatement(sql.toString())) {
      int next = visible(select, 1, caller);
      if (filter.namespace() != null) {
        select.setString(next++, filter.namespace());
      }
      if (filter.name() != null) {
        select.setString(next++, filter.name());
      }
      if (filter.type() != null) {
        select.setString(next++, filter.type().toString());
      }
      if (after != null) {
        select.setLong(next++, after.ledgerSequence());
        select.setLong(next++, after.ledgerSequence());
        select.setBytes(next++, after.id().bytes());
      }
      select.setInt(next, filter.limit() + 1);
      return rows(select);
    }
  }

  /** Oldest first, from after a place in the ledger: all of a sequence, or a layer of it. */
  static List<LayerRow> after(
      Connection connection, long sequence, @Nullable EntityId id, int limit, Caller caller)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            COLUMNS
                + " WHERE (l.ledger_sequence > ?"
                + (id == null ? "" : " OR (l.ledger_sequence = ? AND l.id > ?)")
                + ") AND"
                + VISIBLE
                + " ORDER BY l.ledger_sequence, l.id LIMIT ?")) {
      int next = 1;
      select.setLong(next++, sequence);
      if (id != null) {
        select.setLong(next++, sequence);
        select.setBytes(next++, id.bytes());
      }
      next = visible(select, next, caller);
      select.setInt(next, limit);
      return rows(select);
    }
  }

  /** Who made the first version of a family, if there is one. Called with the chain head locked. */
  static Optional<String> founder(Connection connection, LayerFamily family) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT l.creator FROM genomic_layers l WHERE l.namespace = ? AND l.name = ?"
                + " ORDER BY l.ledger_sequence, l.id LIMIT 1")) {
      family(select, 1, family);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }

  /**
   * Writes all rows of a new layer. Called with the chain head locked.
   *
   * @throws GermlineException LAYER_EXISTS when the name is taken
   */
  static void insert(
      Connection connection,
      Layer layer,
      List<FileRows.Placed> files,
      EntityId id,
      Digest digest,
      long ledgerSequence)
      throws SQLException {
    Manifest manifest = layer.manifest();
    if (findUnseen(connection, layer.name()).isPresent()) {
      throw new GermlineException(
          Fault.LAYER_EXISTS,
          layer.name()
              + " is published already, with other content; versions are never overwritten,"
              + " publish a new one");
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO genomic_layers (id, digest, namespace, name, version, type, creator,"
                + " created_at, visibility, description, ledger_sequence)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      insert.setBytes(1, id.bytes());
      insert.setBytes(2, digest.bytes());
      insert.setString(3, layer.name().namespace());
      insert.setString(4, layer.name().name());
      insert.setString(5, layer.name().version().text());
      insert.setString(6, layer.type().toString());
      insert.setString(7, manifest.provenance().creator());
      insert.setLong(8, manifest.provenance().createdAt().toEpochMilli());
      insert.setString(9, manifest.sharing().visibility().toString());
      insert.setString(10, manifest.description());
      insert.setLong(11, ledgerSequence);
      insert.executeUpdate();
    }
    FileRows.insert(connection, id, files);
    insertAccess(connection, id, manifest.sharing().allowedUsers());
  }

  private static void insertAccess(Connection connection, EntityId id, List<String> principals)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO layer_access (layer_id, principal) VALUES (?, ?)")) {
      for (String principal : principals) {
        insert.setBytes(1, id.bytes());
        insert.setString(2, principal);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Says whether a layer is to be used from now on. Called with the chain head locked. */
  static void setStatus(Connection connection, EntityId id, LayerStatus status)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE genomic_layers SET status = ? WHERE id = ?")) {
      update.setString(1, status.toString());
      update.setBytes(2, id.bytes());
      update.executeUpdate();
    }
  }

  private static int family(PreparedStatement statement, int from, LayerFamily family)
      throws SQLException {
    statement.setString(from, family.namespace());
    statement.setString(from + 1, family.name());
    return from + 2;
  }

  static int visible(PreparedStatement statement, int from, Caller caller) throws SQLException {
    statement.setBoolean(from, caller.admin());
    statement.setString(from + 1, caller.name());
    statement.setString(from + 2, caller.name());
    return from + 3;
  }

  static List<LayerRow> rows(PreparedStatement select) throws SQLException {
    List<LayerRow> rows = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        rows.add(
            new LayerRow(
                EntityId.of(row.getBytes(1)),
                Digest.of(row.getBytes(2)),
                new LayerName(
                    row.getString(3), row.getString(4), LayerVersion.parse(row.getString(5))),
                LayerType.parse(row.getString(6)),
                row.getString(7),
                Instant.ofEpochMilli(row.getLong(8)),
                Visibility.valueOf(row.getString(9).toUpperCase(Locale.ROOT)),
                LayerStatus.valueOf(row.getString(10).toUpperCase(Locale.ROOT)),
                row.getString(11),
                row.getLong(12)));
      }
    }
    return rows;
  }
}
