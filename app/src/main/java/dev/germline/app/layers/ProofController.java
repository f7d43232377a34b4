package dev.germline.app.layers;

import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.app.ledger.LedgerReader;
import dev.germline.core.layers.LayerName;
import dev.germline.core.substrate.EntityRef;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Proof that a layer stands under the signed root. */
@Controller("/api/v1/layers/{namespace}/{name}/{version}")
@Secured(Role.ANY)
@Tag(name = "layers")
final class ProofController {
  private final Layers layers;
  private final LedgerReader ledger;

  ProofController(Layers layers, LedgerReader ledger) {
    this.layers = layers;
    this.ledger = ledger;
  }

  /** The proof bundle of the layer, with its record: all that is needed to verify it offline. */
  @Get("/proof")
  @Produces(MediaType.APPLICATION_JSON)
  @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(type = "object")))
  byte[] proof(Caller caller, String namespace, String name, String version) {
    LayerDetail layer = layers.get(caller, LayerName.of(namespace, name, version));
    return ledger.prove(EntityRef.document(layer.row().id()), layer.record()).toJson();
  }
}
