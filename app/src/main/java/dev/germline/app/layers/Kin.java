package dev.germline.app.layers;

import dev.germline.app.identity.Caller;
import dev.germline.app.sql.Database;
import dev.germline.core.substrate.EntityId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Parents and children of many layers at once, from the registry; so it answers while the graph is
 * away. What the caller may not see is not among them. Thread-safe.
 */
public final class Kin {
  private final Database database;
  private final Layers layers;

  public Kin(Database database, Layers layers) {
    this.database = database;
    this.layers = layers;
  }

  /** Which of its relatives a layer is asked for. */
  public enum Side {
    /** What it evolved from. */
    PARENTS,
    /** What evolved from it. */
    CHILDREN
  }

  /**
   * A page of each layer's relatives, newest first.
   *
   * @param first of each at most
   * @param after the {@link LayerRow#place} of the last of the page before; null for the first
   */
  public record Question(Side side, int first, @Nullable String after) {}

  /**
   * Relatives of one layer.
   *
   * @param more whether there are more than these
   */
  public record Page(List<LayerRow> items, boolean more) {}

  /**
   * Answers for many layers: one statement for who is related, one for each {@link
   * Layers#MAX_AT_ONCE} relatives. Whoever has a {@link LayerRow} was allowed to see it.
   *
   * @return by id; without the layers that have none
   */
  public Map<EntityId, Page> ask(Caller caller, Question question, Collection<LayerRow> seen) {
    Cursor after = question.after() == null ? null : Cursor.parse(question.after());
    List<EntityId> ids = seen.stream().map(LayerRow::id).distinct().toList();
    List<KinRows.Pair> pairs =
        database.read(connection ->
            KinRows.of(connection, question.side(), ids, question.first() + 1, after, caller));
    Map<EntityId, LayerRow> rows = rows(caller, pairs);
    Map<EntityId, List<LayerRow>> found = new HashMap<>();
    for (KinRows.Pair pair : pairs) {
      LayerRow row = rows.get(pair.kin());
      if (row != null) {
        found.computeIfAbsent(pair.of(), _ -> new ArrayList<>()).add(row);
      }
    }
    return found.entrySet().stream()
        .collect(
            Collectors.toMap(Map.Entry::getKey, entry -> page(entry.getValue(), question.first())));
  }

  private static Page page(List<LayerRow> rows, int first) {
    return new Page(
        List.copyOf(rows.subList(0, Math.min(first, rows.size()))), rows.size() > first);
  }

  private Map<EntityId, LayerRow> rows(Caller caller, List<KinRows.Pair> pairs) {
    List<EntityId> kin = pairs.stream().map(KinRows.Pair::kin).distinct().toList();
    Map<EntityId, LayerRow> rows = new HashMap<>();
    for (int from = 0; from < kin.size(); from += Layers.MAX_AT_ONCE) {
      int to = Math.min(kin.size(), from + Layers.MAX_AT_ONCE);
      rows.putAll(layers.rowsById(caller, kin.subList(from, to)));
    }
    return rows;
  }
}
