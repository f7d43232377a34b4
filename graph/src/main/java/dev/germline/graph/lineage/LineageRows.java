package dev.germline.graph.lineage;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerType;
import dev.germline.core.layers.Relationship;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.neo4j.driver.Record;
import org.neo4j.driver.Value;
import org.neo4j.driver.types.MapAccessor;

/** What goes into the queries of lineage, and what comes out of them. */
final class LineageRows {
  private LineageRows() {}

  /** The parameters that every question has; more may be put. */
  static Map<String, Object> parameters(Viewer viewer) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("principal", viewer.principal());
    parameters.put("admin", viewer.admin());
    Instant asOf = viewer.asOf();
    parameters.put("asOf", asOf == null ? null : asOf.atZone(ZoneOffset.UTC));
    return parameters;
  }

  /** Of columns id, name, digest, type. */
  static LayerNode node(Record row, int depth) {
    return node(row.get("id"), row.get("name"), row.get("digest"), row.get("type"), depth);
  }

  /** Of a list [id, name, digest, type]. */
  static LayerNode node(Value list, int depth) {
    return node(list.get(0), list.get(1), list.get(2), list.get(3), depth);
  }

  private static LayerNode node(Value id, Value name, Value digest, Value type, int depth) {
    return new LayerNode(
        EntityId.parse(id.asString()),
        LayerName.parse(name.asString()),
        Digest.parse(digest.asString()),
        LayerType.parse(type.asString()),
        depth);
  }

  /** Of columns id, name, digest, type, parents. */
  static Sibling sibling(Record row) {
    return new Sibling(
        node(row, 0),
        row.get("parents").asList(Value::asString).stream()
            .map(LayerName::parse)
            .sorted()
            .toList());
  }

  /** Of columns from, to, properties. */
  static LayerRelation relation(Record row, Relationship.Kind type) {
    return relation(type, name(row.get("from")), name(row.get("to")), row.get("properties"));
  }

  /** Of a list [type, from, to, properties]. */
  static LayerRelation relation(Value list) {
    return relation(
        Relationship.Kind.valueOf(list.get(0).asString()),
        name(list.get(1)),
        name(list.get(2)),
        list.get(3));
  }

  private static LayerName name(Value name) {
    return LayerName.parse(name.asString());
  }

  /**
   * An arrow with the claim's properties as the claim has them: a map again where the graph has two
   * lists.
   *
   * @param of all properties of the arrow in the graph
   */
  static LayerRelation relation(
      Relationship.Kind type, LayerName from, LayerName to, MapAccessor of) {
    Map<String, Object> properties = new HashMap<>(of.asMap());
    EntityId claim = EntityId.parse(String.valueOf(properties.remove("claim")));
    properties.computeIfPresent(
        "at", (key, at) -> at instanceof ZonedDateTime time ? time.toInstant().toString() : at);
    Object names = properties.remove("improvementMetricNames");
    Object values = properties.remove("improvementMetricValues");
    if (names instanceof List<?> keys && values instanceof List<?> numbers) {
      Map<String, Object> metrics = new TreeMap<>();
      for (int i = 0; i < Math.min(keys.size(), numbers.size()); i++) {
        metrics.put(keys.get(i).toString(), numbers.get(i));
      }
      properties.put("improvementMetrics", metrics);
    }
    return new LayerRelation(from, to, type, claim, properties);
  }

  static GermlineException notFound(LayerName layer) {
    return new GermlineException(Fault.LAYER_NOT_FOUND, "there is no layer " + layer);
  }
}
