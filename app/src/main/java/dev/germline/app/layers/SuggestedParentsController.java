package dev.germline.app.layers;

import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.core.layers.LayerName;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;

/** From what a layer may have evolved. */
@Controller("/api/v1/layers/{namespace}/{name}/{version}/suggested-parents")
@Secured(Role.ANY)
@Tag(name = "lineage")
final class SuggestedParentsController {
  private final SuggestedParents parents;

  SuggestedParentsController(SuggestedParents parents) {
    this.parents = parents;
  }

  /**
   * Layers whose weights look like this one's, the best first.
   *
   * @param threshold what scores lower is left out
   */
  @Schema(name = "SuggestedParents")
  record Suggestions(double threshold, List<Suggested> items) {}

  /**
   * One of them.
   *
   * @param layer namespace/name@version
   * @param similarity 1 less the mean part of the sign and exponent bits that differ between
   *     sampled elements, 0 to 1
   */
  @Schema(name = "SuggestedParent")
  record Suggested(String layer, double similarity) {}

  /**
   * Layers that this one may have evolved from, by their weights: of those published before it
   * whose tensors have the same names, types and shapes, up to 16. Nothing is claimed by it.
   */
  @Get
  Suggestions suggest(Caller caller, String namespace, String name, String version) {
    return new Suggestions(
        SuggestedParents.THRESHOLD,
        parents.of(caller, LayerName.of(namespace, name, version)).stream()
            .map(found -> new Suggested(found.layer().toString(), found.similarity()))
            .toList());
  }
}
