package dev.germline.app.layers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.germline.core.layers.Claim;
import dev.germline.core.layers.ClaimJson;
import dev.germline.core.layers.Relationship;
import dev.germline.core.layers.Reply;
import dev.germline.core.layers.Statement;
import dev.germline.core.substrate.EntityId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A claim in the ledger.
 *
 * @param id of the claim as a document, UUID
 * @param from the layer it is about
 * @param to the layer that one is related to
 * @param claim what it replies to, by the digest of its record
 * @param record the claim as RFC 8785 canonical JSON
 * @param impact what stands on the layer that this took back and is made of it, where it was just
 *     said
 */
@Schema(name = "Claim")
@JsonInclude(JsonInclude.Include.NON_NULL)
record ClaimView(
    String id,
    String type,
    @Nullable String from,
    @Nullable String to,
    @Nullable String claim,
    @JsonRawValue @Schema(type = "object", implementation = Object.class) String record,
    @Nullable ImpactView impact) {
  /** What was stated just now. */
  static ClaimView of(Claiming.Stated stated) {
    ClaimView view = of(stated.id(), stated.claim());
    return new ClaimView(
        view.id(),
        view.type(),
        view.from(),
        view.to(),
        view.claim(),
        view.record(),
        stated.impact().map(ImpactView::of).orElse(null));
  }

  static ClaimView of(EntityId id, Claim claim) {
    String record = new String(ClaimJson.canonical(claim), StandardCharsets.UTF_8);
    String type = claim.kind().name();
    return switch (claim) {
      case Relationship c ->
          new ClaimView(
              id.toString(),
              type,
              c.subject().layer().toString(),
              c.object().layer().toString(),
              null,
              record,
              null);
      case Statement c ->
          new ClaimView(
              id.toString(), type, c.subject().layer().toString(), null, null, record, null);
      case Reply c ->
          new ClaimView(id.toString(), type, null, null, c.claim().toHex(), record, null);
    };
  }
}
