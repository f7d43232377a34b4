package dev.germline.app.sharing;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.LayerStatus;
import dev.germline.core.layers.LayerType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds layers. */
@Controller("/api/v1/find")
@Secured(Role.ANY)
@Tag(name = "sharing")
final class FindController {
  private final Searches searches;

  FindController(Searches searches) {
    this.searches = searches;
  }

  /**
   * A layer that was found.
   *
   * @param score what reciprocal rank fusion gives it; 0 where nothing was ranked
   * @param origin local, or the name of the peer that has it
   */
  @Schema(name = "FoundLayer")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Item(
      String name,
      String digest,
      String type,
      String status,
      String visibility,
      String creator,
      @Nullable String description,
      @Nullable String license,
      int score,
      String origin) {
    static Item of(FoundLayer layer) {
      return new Item(
          layer.name().toString(),
          layer.digest().toHex(),
          layer.type().toString(),
          layer.status().toString(),
          layer.visibility(),
          layer.creator(),
          layer.description(),
          layer.license(),
          layer.score(),
          layer.origin());
    }
  }

  /**
   * A peer that was asked.
   *
   * @param problem why it is missing from the answer; absent when it is not
   */
  @Schema(name = "AskedPeer")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Asked(String peer, boolean answered, @Nullable String problem) {}

  /**
   * What was found.
   *
   * @param items best first
   * @param complete whether everything published here was looked at and every peer answered
   * @param peers those that were asked
   */
  @Schema(name = "FoundLayers")
  record Found(List<Item> items, boolean complete, List<Asked> peers) {
    static Found of(Searches.Result result) {
      return new Found(
          result.layers().stream().map(Item::of).toList(),
          result.complete() && result.peers().stream().allMatch(peer -> peer.problem() == null),
          result.peers().stream()
              .map(peer -> new Asked(peer.peer(), peer.problem() == null, peer.problem()))
              .toList());
    }
  }

  /**
   * Finds layers, best first; without q the newest first.
   *
   * @param q words; found by them, and by likeness to what layers say of themselves
   * @param type only of this type
   * @param namespace only of this namespace
   * @param capability only with this capability
   * @param license only under this SPDX expression
   * @param commercialUse only where commercial use is, or is not, allowed
   * @param status active (unless given), yanked or revoked
   * @param metric only where the mean of the measurements is so, as in retrieval:ndcg@10>=0.5; may
   *     be repeated, at most 4
   * @param scope local, regional (peers of the same region too) or global (all peers too)
   * @param reach only layers whose record lets them be offered so far: local (all), regional or
   *     global; what a peer is asked with
   * @param limit at most so many, 1 to 100
   */
  @Get
  Found find(
      Caller caller,
      @QueryValue @Nullable String q,
      @QueryValue @Nullable String type,
      @QueryValue @Nullable String namespace,
      @QueryValue @Nullable String capability,
      @QueryValue @Nullable String license,
      @QueryValue @Nullable Boolean commercialUse,
      @QueryValue(defaultValue = "active") String status,
      @QueryValue @Nullable List<String> metric,
      @QueryValue(defaultValue = "local") String scope,
      @QueryValue(defaultValue = "local") String reach,
      @QueryValue(defaultValue = "20") int limit) {
    LayerQuery query =
        new LayerQuery(
            q,
            type == null ? null : LayerType.parse(type),
            namespace,
            capability,
            license,
            commercialUse,
            status(status),
            metric == null ? List.of() : metric.stream().map(MetricThreshold::parse).toList(),
            Scope.parse(reach),
            limit);
    return Found.of(searches.find(caller, query, Scope.parse(scope)));
  }

  private static LayerStatus status(String text) {
    for (LayerStatus status : LayerStatus.values()) {
      if (status.toString().equals(text)) {
        return status;
      }
    }
    throw new GermlineException(
        Fault.INVALID_REQUEST,
        "status is active, yanked or revoked, and not '%s'"
            .formatted(text.length() > 40 ? text.substring(0, 40) + "…" : text));
  }
}
