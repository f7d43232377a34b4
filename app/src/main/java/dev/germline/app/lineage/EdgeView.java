package dev.germline.app.lineage;

import dev.germline.graph.lineage.LayerRelation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;

/**
 * An arrow.
 *
 * @param claim id of the claim document that is its evidence
 */
@Schema(name = "LineageEdge")
record EdgeView(String from, String to, String type, String claim, Map<String, Object> properties) {
  static EdgeView of(LayerRelation relation) {
    return new EdgeView(
        relation.from().toString(),
        relation.to().toString(),
        relation.type().name(),
        relation.claim().toString(),
        relation.properties());
  }
}
