package dev.germline.app.layers;

import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.core.layers.LayerName;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.tags.Tag;

/** What would feel it if a layer was taken back. */
@Controller("/api/v1/layers/{namespace}/{name}/{version}")
@Secured(Role.ANY)
@Tag(name = "layers")
final class ImpactController {
  private final Impacts impacts;

  ImpactController(Impacts impacts) {
    this.impacts = impacts;
  }

  /**
   * Layers that stand on this one and assemblies that are made of it: what the answer to a yank or
   * revocation says, to be asked before. From the registry alone; `blast` weighs in the graph.
   */
  @Get("/impact")
  ImpactView impact(Caller caller, String namespace, String name, String version) {
    return ImpactView.of(impacts.of(caller, LayerName.of(namespace, name, version)));
  }
}
