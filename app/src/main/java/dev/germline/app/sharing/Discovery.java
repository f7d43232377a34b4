package dev.germline.app.sharing;

import dev.germline.app.identity.Caller;
import dev.germline.app.layers.Records;
import dev.germline.app.sql.Database;
import dev.germline.core.retrieval.HashedEmbedding;
import dev.germline.core.retrieval.RankFusion;
import dev.germline.core.substrate.EntityId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds layers: by filters, and by a text in two ways at once, by its words and by its likeness to
 * what layers say of themselves, fused by rank. A layer that the caller may not see is not found.
 * Thread-safe.
 */
public final class Discovery {
  private final Database database;
  private final SearchIndex index;

  public Discovery(Database database, Records records) {
    this.database = database;
    this.index = new SearchIndex(database, records);
  }

  /**
   * What was found here.
   *
   * @param complete false while layers that were just published are still being taken in
   */
  record Found(List<FoundLayer> layers, boolean complete) {}

  /** Layers of this registry, best first; without a text the newest first. */
  Found find(Caller caller, LayerQuery query) {
    boolean complete = index.catchUp();
    String text = query.text();
    List<RankFusion.Fused<EntityId>> best =
        text == null
            ? database.read(connection -> FindRows.newest(connection, query, caller)).stream()
                .map(id -> new RankFusion.Fused<>(id, 0))
                .toList()
            : ranked(caller, query, text);
    List<RankFusion.Fused<EntityId>> page = best.stream().limit(query.limit()).toList();
    List<EntityId> ids = page.stream().map(RankFusion.Fused::id).toList();
    Map<EntityId, FoundLayer> layers =
        database.read(connection -> FindRows.layers(connection, ids, caller));
    List<FoundLayer> found = new ArrayList<>();
    for (RankFusion.Fused<EntityId> one : page) {
      FoundLayer layer = layers.get(one.id());
      if (layer != null) {
        found.add(layer.scored(one.score()));
      }
    }
    return new Found(List.copyOf(found), complete);
  }

  private List<RankFusion.Fused<EntityId>> ranked(Caller caller, LayerQuery query, String text) {
    List<EntityId> byWords =
        database.read(connection -> FindRows.byWords(connection, query, text, caller));
    List<EntityId> byLikeness =
        database.read(
            connection -> FindRows.byLikeness(connection, query, HashedEmbedding.of(text), caller));
    return RankFusion.fuse(List.of(byWords, byLikeness));
  }
}
