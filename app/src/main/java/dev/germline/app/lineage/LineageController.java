package dev.germline.app.lineage;

import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.core.layers.LayerName;
import dev.germline.graph.lineage.BlastRadius;
import dev.germline.graph.lineage.Sibling;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The relatives of a layer. */
@Controller("/api/v1/layers/{namespace}/{name}/{version}")
@Secured(Role.ANY)
@Tag(name = "lineage")
final class LineageController {
  private final Lineage lineage;

  LineageController(Lineage lineage) {
    this.lineage = lineage;
  }

  /**
   * A lineage.
   *
   * @param nodes by depth, then name; without the root
   * @param truncated whether there is more than was looked at
   */
  @Schema(name = "Lineage")
  record FamilyView(NodeView root, List<NodeView> nodes, List<EdgeView> edges, boolean truncated) {
    static FamilyView of(Relatives family) {
      return new FamilyView(
          NodeView.of(family, family.root()),
          family.nodes().stream().map(node -> NodeView.of(family, node)).toList(),
          family.edges().stream().map(EdgeView::of).toList(),
          family.truncated());
    }
  }

  /** Every arrow of a layer. */
  @Schema(name = "LayerEdges")
  record EdgesView(List<EdgeView> items) {}

  /** Siblings of a layer, by name. */
  @Schema(name = "LayerSiblings")
  record SiblingsView(List<SiblingView> items) {}

  /**
   * A sibling.
   *
   * @param parents the parents it shares
   */
  @Schema(name = "LayerSibling")
  record SiblingView(LayerNodeView layer, List<String> parents) {
    static SiblingView of(Sibling sibling) {
      return new SiblingView(
          LayerNodeView.of(sibling.layer()),
          sibling.parents().stream().map(LayerName::toString).toList());
    }
  }

  /**
   * A page of what would feel it if the layer went away.
   *
   * @param total how many layers that are
   * @param truncated whether there are more than were looked at, which were the nearest
   * @param items by impact, then required ones first, then the nearest
   * @param nextOffset where the next page starts; absent on the last
   */
  @Schema(name = "BlastRadius")
  record BlastView(
      LayerNodeView root,
      int total,
      boolean truncated,
      List<HitView> items,
      @Nullable Integer nextOffset) {
    static BlastView of(BlastRadius blast, int offset) {
      int next = offset + blast.hits().size();
      return new BlastView(
          LayerNodeView.of(blast.root()),
          blast.total(),
          blast.truncated(),
          blast.hits().stream().map(HitView::of).toList(),
          blast.hits().isEmpty() || next >= blast.total() ? null : next);
    }
  }

  /**
   * A layer that is hit.
   *
   * @param impact 0 to 1: the greatest product, along a path, of strengths of DEPENDS_ON and
   *     confidences of EVOLVED_FROM
   * @param required whether a path leads to it on which every dependency is required
   * @param steps arrows on the path of most impact
   */
  @Schema(name = "BlastHit")
  record HitView(LayerNodeView layer, double impact, boolean required, int steps) {
    static HitView of(BlastRadius.Hit hit) {
      return new HitView(
          LayerNodeView.of(hit.layer()), hit.impact(), hit.required(), hit.layer().depth());
    }
  }

  /**
   * The parents that the layer's record pins.
   *
   * @param sound whether each of them is known and active
   */
  @Schema(name = "LineagePins")
  record PinsView(boolean sound, List<PinView> items) {}

  /**
   * A pinned parent.
   *
   * @param status active, unknown, or what became of it
   */
  @Schema(name = "LineagePin")
  record PinView(String layer, String digest, String status) {
    static PinView of(Lineage.Pin pin) {
      return new PinView(
          pin.parent().layer().toString(), pin.parent().digest().toHex(), pin.status());
    }
  }

  /**
   * What the layer evolved from.
   *
   * @param depth steps at most, 1 to 64
   * @param asOf only layers created and claims asserted up to then (RFC 3339)
   */
  @Get("/ancestors")
  FamilyView ancestors(
      Caller caller,
      String namespace,
      String name,
      String version,
      @QueryValue(defaultValue = "64") int depth,
      @QueryValue @Nullable String asOf) {
    return FamilyView.of(
        lineage.ancestors(
            caller, LayerName.of(namespace, name, version), depth, Moment.parse(asOf)));
  }

  /**
   * What evolved from the layer.
   *
   * @param depth steps at most, 1 to 64
   * @param asOf only layers created and claims asserted up to then (RFC 3339)
   */
  @Get("/descendants")
  FamilyView descendants(
      Caller caller,
      String namespace,
      String name,
      String version,
      @QueryValue(defaultValue = "64") int depth,
      @QueryValue @Nullable String asOf) {
    return FamilyView.of(
        lineage.descendants(
            caller, LayerName.of(namespace, name, version), depth, Moment.parse(asOf)));
  }

  /**
   * Ancestors and descendants as a document: JSON, GraphML, Graphviz DOT or W3C PROV-JSON.
   *
   * @param format json, graphml, dot or prov
   * @param depth steps at most in each direction, 1 to 64
   * @param asOf only layers created and claims asserted up to then (RFC 3339)
   */
  @Get(
      value = "/lineage",
      produces = {
        "application/json",
        "application/graphml+xml",
        "text/vnd.graphviz",
        "application/prov+json"
      })
  HttpResponse<LineageDocument> export(
      Caller caller,
      String namespace,
      String name,
      String version,
      @QueryValue(defaultValue = "json") String format,
      @QueryValue(defaultValue = "64") int depth,
      @QueryValue @Nullable String asOf) {
    ExportFormat as = ExportFormat.parse(format);
    Relatives relatives =
        lineage.both(caller, LayerName.of(namespace, name, version), depth, Moment.parse(asOf));
    return HttpResponse.ok(new LineageDocument(as.parts(relatives)))
        .contentType(as.mediaType())
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"" + as.fileName(relatives) + "\"");
  }

  /**
   * Every arrow from or to the layer.
   *
   * @param asOf only layers created and claims asserted up to then (RFC 3339)
   */
  @Get("/edges")
  EdgesView edges(
      Caller caller,
      String namespace,
      String name,
      String version,
      @QueryValue @Nullable String asOf) {
    return new EdgesView(
        lineage
            .relations(caller, LayerName.of(namespace, name, version), Moment.parse(asOf))
            .stream()
            .map(EdgeView::of)
            .toList());
  }

  /**
   * Layers that share a parent with this one.
   *
   * @param asOf only layers created and claims asserted up to then (RFC 3339)
   */
  @Get("/siblings")
  SiblingsView siblings(
      Caller caller,
      String namespace,
      String name,
      String version,
      @QueryValue @Nullable String asOf) {
    return new SiblingsView(
        lineage
            .siblings(caller, LayerName.of(namespace, name, version), Moment.parse(asOf))
            .stream()
            .map(SiblingView::of)
            .toList());
  }

  /**
   * What depends on the layer or evolved from it, transitively, by impact.
   *
   * @param depth steps at most, 1 to 64
   * @param offset layers before the page
   * @param limit layers on the page, 1 to 1000
   * @param asOf only layers created and claims asserted up to then (RFC 3339)
   */
  @Get("/blast")
  BlastView blast(
      Caller caller,
      String namespace,
      String name,
      String version,
      @QueryValue(defaultValue = "64") int depth,
      @QueryValue(defaultValue = "0") int offset,
      @QueryValue(defaultValue = "100") int limit,
      @QueryValue @Nullable String asOf) {
    return BlastView.of(
        lineage.blast(
            caller,
            LayerName.of(namespace, name, version),
            depth,
            offset,
            limit,
            Moment.parse(asOf)),
        offset);
  }

  /** The parents that the layer's record pins by digest, checked against the registry. */
  @Get("/pins")
  PinsView pins(Caller caller, String namespace, String name, String version) {
    List<PinView> pins =
        lineage.pins(caller, LayerName.of(namespace, name, version)).stream()
            .map(PinView::of)
            .toList();
    return new PinsView(
        pins.stream().allMatch(pin -> pin.status().equals(Registered.ACTIVE)), pins);
  }
}
