package dev.germline.app.lineage;

import dev.germline.app.sql.Database;
import dev.germline.core.GermlineException;
import dev.germline.core.substrate.EntityId;
import dev.germline.graph.lineage.LayerNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;

/**
 * Looks layers up in the registry while the graph still finds more of them: the first few at once,
 * what comes meanwhile with the next query, one at a time. {@link #met} by one thread, then {@link
 * #rows} by one.
 */
final class RegistryLookup {
  /** Fewer are not worth a query of their own. */
  private static final int SOME = 64;

  private final Database database;
  private final List<FutureTask<Map<EntityId, Registered>>> queries = new ArrayList<>();
  private List<EntityId> waiting = new ArrayList<>();

  RegistryLookup(Database database) {
    this.database = database;
  }

  /** A layer to look up; no harm is done by naming it twice. */
  void met(LayerNode layer) {
    waiting.add(layer.id());
    if (waiting.size() >= SOME && (queries.isEmpty() || queries.getLast().isDone())) {
      FutureTask<Map<EntityId, Registered>> query = query();
      queries.add(query);
      Thread.ofVirtual().name("registry").start(query);
    }
  }

  /**
   * What the registry says of all that were met; those it does not know are left out.
   *
   * @throws GermlineException STORE_UNAVAILABLE
   */
  Map<EntityId, Registered> rows() {
    Map<EntityId, Registered> rows = new HashMap<>();
    if (!waiting.isEmpty()) {
      FutureTask<Map<EntityId, Registered>> rest = query();
      rest.run();
      queries.add(rest);
    }
    queries.forEach(query -> rows.putAll(Lineage.result(query)));
    return rows;
  }

  private FutureTask<Map<EntityId, Registered>> query() {
    List<EntityId> ids = waiting;
    waiting = new ArrayList<>();
    return new FutureTask<>(() -> database.read(connection -> RegisteredRows.of(connection, ids)));
  }
}
