package dev.germline.app.layers;

import dev.germline.app.identity.Caller;
import dev.germline.app.sql.Database;
import dev.germline.core.substrate.EntityId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * With which other recipes one layer shares pieces, as far as its reader may see their layers.
 * There are far fewer recipes than pieces, so who may see what is asked of recipes, once each, and
 * only then pieces are added up. For one thread and one answer.
 */
final class SharedRecipes {
  private static final int AT_ONCE = 500;

  private final Database database;
  private final EntityId layer;
  private final List<Long> own;
  private final Caller caller;
  private final Map<Long, Boolean> others = new HashMap<>();

  SharedRecipes(Database database, EntityId layer, List<Long> own, Caller caller) {
    this.database = database;
    this.layer = layer;
    this.own = own;
    this.caller = caller;
  }

  /** Those that share pieces of a page of one of the layer's recipes, by another visible layer. */
  List<Long> of(long recipe, long begin, long end) {
    return database.read(connection -> {
      List<Long> sharing = StorageRows.sharing(connection, recipe, begin, end);
      List<Long> unknown = sharing.stream().filter(id -> !others.containsKey(id)).toList();
      unknown.forEach(id -> others.put(id, false));
      visible(connection, unknown, Optional.of(layer)).forEach(id -> others.put(id, true));
      return sharing.stream().filter(id -> others.getOrDefault(id, false)).toList();
    });
  }

  /** Those that have what the layer's pieces are coded against, by any visible layer. */
  List<Long> under(Connection connection) throws SQLException {
    return visible(connection, StorageRows.sharingBases(connection, own), Optional.empty());
  }

  private List<Long> visible(Connection connection, List<Long> recipes, Optional<EntityId> except)
      throws SQLException {
    List<Long> visible = new ArrayList<>();
    for (int at = 0; at < recipes.size(); at += AT_ONCE) {
      List<Long> some = recipes.subList(at, Math.min(recipes.size(), at + AT_ONCE));
      visible.addAll(StorageRows.visible(connection, some, except, caller));
    }
    return visible;
  }
}
