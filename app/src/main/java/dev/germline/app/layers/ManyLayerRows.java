package dev.germline.app.layers;

import dev.germline.app.identity.Caller;
import dev.germline.core.layers.LayerName;
import dev.germline.core.substrate.EntityId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** Many rows of genomic_layers at once; only those that the caller may see. */
final class ManyLayerRows {
  private ManyLayerRows() {}

  static List<LayerRow> named(Connection connection, Collection<LayerName> names, Caller caller)
      throws SQLException {
    String sql =
        LayerRows.COLUMNS
            + " WHERE ("
            + String.join(
                " OR ",
                Collections.nCopies(
                    names.size(), "(l.namespace = ? AND l.name = ? AND l.version = ?)"))
            + ") AND"
            + LayerRows.VISIBLE;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int next = 1;
      for (LayerName name : names) {
        select.setString(next++, name.namespace());
        select.setString(next++, name.name());
        select.setString(next++, name.version().text());
      }
      LayerRows.visible(select, next, caller);
      return LayerRows.rows(select);
    }
  }

  static List<LayerRow> withIds(Connection connection, Collection<EntityId> ids, Caller caller)
      throws SQLException {
    String sql =
        LayerRows.COLUMNS
            + " WHERE l.id IN ("
            + String.join(", ", Collections.nCopies(ids.size(), "?"))
            + ") AND"
            + LayerRows.VISIBLE;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int next = 1;
      for (EntityId id : ids) {
        select.setBytes(next++, id.bytes());
      }
      LayerRows.visible(select, next, caller);
      return LayerRows.rows(select);
    }
  }
}
