package dev.germline.app.lineage;

import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.core.layers.LayerName;
import dev.germline.graph.lineage.Family;
import dev.germline.graph.lineage.LayerNode;
import dev.germline.graph.lineage.LayerRelation;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;

/** The relatives of a layer. */
@Controller("/api/v1/layers/{namespace}/{name}/{version}")
@Secured(Role.ANY)
@Tag(name = "lineage")
final class LineageController {
  private final Lineage lineage;

  LineageController(Lineage lineage) {
    this.lineage = lineage;
  }

  /** A layer in a lineage; the root has depth 0. */
  @Schema(name = "LineageNode")
  record NodeView(String name, String digest, String type, int depth) {
    static NodeView of(LayerNode node) {
      return new NodeView(
          node.name().toString(), node.digest().toHex(), node.type().toString(), node.depth());
    }
  }

  /**
   * An arrow.
   *
   * @param claim id of the claim document that is its evidence
   */
  @Schema(name = "LineageEdge")
  record EdgeView(
      String from, String to, String type, String claim, Map<String, Object> properties) {
    static EdgeView of(LayerRelation relation) {
      return new EdgeView(
          relation.from().toString(),
          relation.to().toString(),
          relation.type().name(),
          relation.claim().toString(),
          relation.properties());
    }
  }

  /**
   * A lineage.
   *
   * @param nodes by depth, then name; without the root
   * @param truncated whether there is more than was looked at
   */
  @Schema(name = "Lineage")
  record FamilyView(NodeView root, List<NodeView> nodes, List<EdgeView> edges, boolean truncated) {
    static FamilyView of(Family family) {
      return new FamilyView(
          NodeView.of(family.root()),
          family.nodes().stream().map(NodeView::of).toList(),
          family.edges().stream().map(EdgeView::of).toList(),
          family.truncated());
    }
  }

  /** Every arrow of a layer. */
  @Schema(name = "LayerEdges")
  record EdgesView(List<EdgeView> items) {}

  /**
   * What the layer evolved from.
   *
   * @param depth steps at most, 1 to 64
   */
  @Get("/ancestors")
  FamilyView ancestors(
      Caller caller,
      String namespace,
      String name,
      String version,
      @QueryValue(defaultValue = "64") int depth) {
    return FamilyView.of(lineage.ancestors(caller, LayerName.of(namespace, name, version), depth));
  }

  /**
   * What evolved from the layer.
   *
   * @param depth steps at most, 1 to 64
   */
  @Get("/descendants")
  FamilyView descendants(
      Caller caller,
      String namespace,
      String name,
      String version,
      @QueryValue(defaultValue = "64") int depth) {
    return FamilyView.of(
        lineage.descendants(caller, LayerName.of(namespace, name, version), depth));
  }

  /** Every arrow from or to the layer. */
  @Get("/edges")
  EdgesView edges(Caller caller, String namespace, String name, String version) {
    return new EdgesView(
        lineage.relations(caller, LayerName.of(namespace, name, version)).stream()
            .map(EdgeView::of)
            .toList());
  }
}
