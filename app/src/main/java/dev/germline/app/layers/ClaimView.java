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
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A claim in the ledger.
 *
 * @param id of the claim as a document, UUID
 * @param from the layer it is about
 * @param to the layer that one is related to
 * @param claim what it replies to, by the digest of its record
 * @param record the claim as RFC 8785 canonical JSON
 * @param impact what stands on the layer that this took back, where it was just said
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
    @Nullable Impact impact) {
  private static final int NAMED = 100;

  /**
   * What stands on a layer, directly or through others, as far as the asker sees it.
   *
   * @param layers how many
   * @param owners how many have made them
   * @param complete false when there are more than were looked at
   * @param nearest the first 100; `blast` lists and weighs all
   */
  @Schema(name = "Impact")
  record Impact(int layers, long owners, boolean complete, List<Standing> nearest) {
    static Impact of(Reach.Found found) {
      return new Impact(
          found.layers().size(),
          found.layers().stream().map(one -> one.layer().creator()).distinct().count(),
          found.complete(),
          found.layers().stream().limit(NAMED).map(Standing::of).toList());
    }
  }

  /**
   * A layer that stands on another.
   *
   * @param distance the fewest steps, from 1
   * @param required false where every way to it is optional somewhere
   */
  @Schema(name = "ImpactedLayer")
  record Standing(String layer, String creator, int distance, boolean required) {
    static Standing of(Reach.Reached one) {
      return new Standing(
          one.layer().name().toString(), one.layer().creator(), one.distance(), one.required());
    }
  }

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
        stated.impact().map(Impact::of).orElse(null));
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
