package dev.germline.cli.layers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Stop;
import dev.germline.cli.server.Answer;
import dev.germline.cli.server.Client;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerRef;
import dev.germline.core.substrate.Digest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What has to come along with a layer from another registry: all that its record pins by digest and
 * that is not here, each before what pins it.
 */
final class Pedigree {
  private final Client there;
  private final Client here;
  private final int most;
  private final List<Found> ordered = new ArrayList<>();
  private final Set<LayerName> seen = new HashSet<>();

  /**
   * A layer there.
   *
   * @param described as that registry describes it, its record hashed
   */
  record Found(LayerName name, Digest digest, JsonNode described) {}

  /**
   * @param most layers at most
   */
  Pedigree(Client there, Client here, int most) {
    this.there = there;
    this.here = here;
    this.most = most;
  }

  /**
   * The layer, and before it what it pins and is missing here.
   *
   * @param pinned its digest, if only that very record will do
   * @throws Stop NOT_VERIFIED where a record there is another than what is pinned, or one here is;
   *     LOCAL for more than are fetched at once
   */
  List<Found> of(LayerName layer, @Nullable LayerRef pinned) {
    visit(layer, pinned);
    return List.copyOf(ordered);
  }

  /**
   * The layer alone. Whether it can be published here is said before anything is copied.
   *
   * @throws Stop as {@link #of}; REFUSED where something that it pins is missing here
   */
  Found alone(LayerName layer, @Nullable LayerRef pinned) {
    Found found = described(layer, pinned);
    for (LayerRef reference : pins(found.described().path("record"))) {
      if (!isHere(reference)) {
        throw new Stop(
            ExitCode.REFUSED,
            "%s, which %s pins, is not here".formatted(reference.layer(), layer),
            "--with-parents brings along what is missing");
      }
    }
    return found;
  }

  private Found described(LayerName layer, @Nullable LayerRef pinned) {
    JsonNode described = there.get(Client.layer(layer));
    return new Found(layer, PullCommand.digest(described, pinned), described);
  }

  private void visit(LayerName layer, @Nullable LayerRef pinned) {
    if (!seen.add(layer)) {
      return;
    }
    if (seen.size() > most) {
      throw new Stop(
          ExitCode.LOCAL,
          "more than " + most + " layers would come along",
          "--most N allows more; or fetch the oldest ones first");
    }
    Found found = described(layer, pinned);
    for (LayerRef reference : pins(found.described().path("record"))) {
      if (!isHere(reference)) {
        visit(reference.layer(), reference);
      }
    }
    ordered.add(found);
  }

  private boolean isHere(LayerRef reference) {
    Answer answer = here.ask(Client.layer(reference.layer()));
    if (answer.status() == 404) {
      return false;
    }
    String digest = answer.orStop().json().path("digest").asText();
    if (!digest.equals(reference.digest().toHex())) {
      throw new Stop(
          ExitCode.NOT_VERIFIED,
          "%s is here with the digest %s, and what is fetched pins %s"
              .formatted(reference.layer(), digest, reference.digest()));
    }
    return true;
  }

  /** Publishing asks that all of these are there. */
  private static List<LayerRef> pins(JsonNode record) {
    List<LayerRef> pins = new ArrayList<>();
    record.path("provenance").path("parents").forEach(parent -> pins.add(reference(parent)));
    record.path("synergies").forEach(entry -> pins.add(reference(entry.path("target"))));
    record.path("conflicts").forEach(entry -> pins.add(reference(entry.path("target"))));
    return pins;
  }

  private static LayerRef reference(JsonNode pinned) {
    return new LayerRef(
        LayerName.parse(pinned.path("layer").asText()),
        Digest.parse(pinned.path("digest").asText()));
  }
}
