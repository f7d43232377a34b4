package dev.germline.graph.lineage;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerType;
import dev.germline.core.layers.Relationship;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityId;
import dev.germline.graph.CypherFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Record;
import org.neo4j.driver.Session;
import org.neo4j.driver.TransactionCallback;
import org.neo4j.driver.TransactionConfig;
import org.neo4j.driver.TransactionContext;
import org.neo4j.driver.Value;
import org.neo4j.driver.exceptions.Neo4jException;

/**
 * Questions about a layer's relatives. A layer the viewer may not see is not there: neither it nor
 * its arrows nor what is known only through it. Thread-safe.
 *
 * <p>Families are searched level by level, one query for each: every layer is visited once, however
 * many paths lead to it, and nothing beyond the depth asked for is read.
 */
public final class LineageQueries {
  /** The deepest search. */
  public static final int MAX_DEPTH = 64;

  /** Arrows that one answer holds at most. */
  public static final int MAX_RELATIONS = 10_000;

  private final Driver driver;
  private final Duration limit;
  private final TransactionConfig transactions;

  /**
   * Questions to one graph.
   *
   * @param limit how long one may take, from asking for a connection to the last row
   */
  public LineageQueries(Driver driver, Duration limit) {
    this.driver = driver;
    this.limit = limit;
    this.transactions = TransactionConfig.builder().withTimeout(limit).build();
  }

  /**
   * The layers this one evolved from, up to so many steps.
   *
   * @param depth 1 to {@value #MAX_DEPTH}
   * @throws GermlineException LAYER_NOT_FOUND, INVALID_REQUEST for another depth, STORE_UNAVAILABLE
   */
  public Family ancestors(LayerName layer, int depth, Viewer viewer) {
    return family(layer, depth, viewer, CypherFile.PARENTS);
  }

  /**
   * The layers that evolved from this one, up to so many steps.
   *
   * @param depth 1 to {@value #MAX_DEPTH}
   * @throws GermlineException LAYER_NOT_FOUND, INVALID_REQUEST for another depth, STORE_UNAVAILABLE
   */
  public Family descendants(LayerName layer, int depth, Viewer viewer) {
    return family(layer, depth, viewer, CypherFile.CHILDREN);
  }

  /**
   * All arrows from and to a layer, by type and names; at most {@value #MAX_RELATIONS}.
   *
   * @throws GermlineException LAYER_NOT_FOUND, STORE_UNAVAILABLE
   */
  public List<LayerRelation> relations(LayerName layer, Viewer viewer) {
    return read(tx -> {
      Map<String, Object> parameters = parameters(viewer);
      parameters.put("id", find(tx, layer, viewer).id().toString());
      parameters.put("limit", MAX_RELATIONS);
      return tx.run(CypherFile.RELATIONS.statement(), parameters)
          .list(row -> relation(row, Relationship.Kind.valueOf(row.get("type").asString())));
    });
  }

  private Family family(LayerName layer, int depth, Viewer viewer, CypherFile level) {
    if (depth < 1 || depth > MAX_DEPTH) {
      throw new GermlineException(
          Fault.INVALID_REQUEST, "depth is " + depth + "; give 1 to " + MAX_DEPTH);
    }
    return read(tx -> search(tx, find(tx, layer, viewer), depth, viewer, level));
  }

  /**
   * Whatever keeps Neo4j from answering is one fault to the one who asks; a defect is another. The
   * driver itself would wait for minutes where a connection is silently lost: so it works on a
   * thread of its own, whose interruption makes it give the connection up.
   */
  private <T> T read(TransactionCallback<T> work) {
    FutureTask<T> call =
        new FutureTask<>(() -> {
          try (Session session = driver.session()) {
            return session.executeRead(work, transactions);
          }
        });
    Thread.ofVirtual().name("lineage").start(call);
    try {
      return call.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw translate(failed);
    } catch (TimeoutException late) {
      call.cancel(true);
      throw unavailable(late);
    } catch (InterruptedException stopped) {
      call.cancel(true);
      Thread.currentThread().interrupt();
      throw unavailable(stopped);
    }
  }

  private static RuntimeException translate(ExecutionException failed) {
    return switch (failed.getCause()) {
      // A new exception, so that the stack shows the caller and not only the thread that asked.
      case GermlineException wrong -> new GermlineException(wrong.fault(), wrong.detail(), wrong);
      case Neo4jException failure when failure.code().startsWith("Neo.ClientError.Statement") ->
          new IllegalStateException("a query is not as Neo4j wants it", failure);
      case Neo4jException failure -> unavailable(failure);
      case null, default -> new IllegalStateException("a question failed", failed.getCause());
    };
  }

  private static GermlineException unavailable(Exception cause) {
    return new GermlineException(
        Fault.STORE_UNAVAILABLE,
        "Neo4j does not answer now; the registry does, ask for lineage again shortly",
        cause);
  }

  private static Family search(
      TransactionContext tx, LayerNode root, int depth, Viewer viewer, CypherFile level) {
    Map<EntityId, LayerNode> found = new LinkedHashMap<>(Map.of(root.id(), root));
    List<LayerRelation> edges = new ArrayList<>();
    List<String> frontier = List.of(root.id().toString());
    boolean truncated = false;
    for (int d = 1; d <= depth && !frontier.isEmpty() && !truncated; d++) {
      Map<String, Object> parameters = parameters(viewer);
      parameters.put("ids", frontier);
      parameters.put("limit", MAX_RELATIONS - edges.size() + 1);
      List<String> next = new ArrayList<>();
      for (Record row : tx.run(level.statement(), parameters).list()) {
        if (edges.size() == MAX_RELATIONS) {
          truncated = true;
          break;
        }
        LayerNode node = node(row, d);
        if (found.putIfAbsent(node.id(), node) == null) {
          next.add(node.id().toString());
        }
        edges.add(relation(row, Relationship.Kind.EVOLVED_FROM));
      }
      frontier = next;
    }
    found.remove(root.id());
    List<LayerNode> nodes = new ArrayList<>(found.values());
    nodes.sort(Comparator.comparingInt(LayerNode::depth).thenComparing(LayerNode::name));
    return new Family(root, nodes, edges, truncated);
  }

  private static LayerNode find(TransactionContext tx, LayerName layer, Viewer viewer) {
    Map<String, Object> parameters = parameters(viewer);
    parameters.put("name", layer.toString());
    return tx.run(CypherFile.LAYER.statement(), parameters).stream()
        .findFirst()
        .map(row -> node(row, 0))
        .orElseThrow(
            () -> new GermlineException(Fault.LAYER_NOT_FOUND, "there is no layer " + layer));
  }

  private static Map<String, Object> parameters(Viewer viewer) {
    return new HashMap<>(Map.of("principal", viewer.principal(), "admin", viewer.admin()));
  }

  private static LayerNode node(Record row, int depth) {
    return new LayerNode(
        EntityId.parse(row.get("id").asString()),
        LayerName.parse(row.get("name").asString()),
        Digest.parse(row.get("digest").asString()),
        LayerType.parse(row.get("type").asString()),
        depth);
  }

  private static LayerRelation relation(Record row, Relationship.Kind type) {
    return new LayerRelation(
        LayerName.parse(row.get("from").asString()),
        LayerName.parse(row.get("to").asString()),
        type,
        EntityId.parse(row.get("claim").asString()),
        properties(row.get("properties")));
  }

  /** The claim's properties as the claim has them: a map again where the graph has two lists. */
  private static Map<String, Object> properties(Value value) {
    Map<String, Object> properties = new TreeMap<>(value.asMap());
    properties.remove("claim");
    Optional.ofNullable(properties.remove("at"))
        .ifPresent(
            at -> properties.put("at", value.get("at").asZonedDateTime().toInstant().toString()));
    Object names = properties.remove("improvementMetricNames");
    Object values = properties.remove("improvementMetricValues");
    if (names instanceof List<?> keys && values instanceof List<?> numbers) {
      Map<String, Object> metrics = new TreeMap<>();
      for (int i = 0; i < Math.min(keys.size(), numbers.size()); i++) {
        metrics.put(keys.get(i).toString(), numbers.get(i));
      }
      properties.put("improvementMetrics", metrics);
    }
    return properties;
  }
}
