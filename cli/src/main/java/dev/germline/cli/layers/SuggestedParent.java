package dev.germline.cli.layers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.Stop;
import dev.germline.cli.server.Answer;
import dev.germline.cli.server.Client;
import dev.germline.core.layers.LayerName;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The layer that a layer without parents looks evolved from. Only advice: nothing is claimed.
 *
 * @param layer namespace/name@version
 * @param similarity of their weights, 0 to 1
 */
record SuggestedParent(String layer, double similarity) {
  /** The best suggestion of the server; null when it has none, or cannot say. */
  static @Nullable SuggestedParent best(Client client, LayerName layer) {
    try {
      Answer answer = client.ask(Client.layer(layer) + "/suggested-parents");
      JsonNode best = answer.ok() ? answer.json().at("/items/0") : null;
      return best == null || best.isMissingNode()
          ? null
          : new SuggestedParent(best.path("layer").asText(), best.path("similarity").asDouble());
    } catch (Stop unanswered) {
      return null; // the layer is published; advice is not worth a failure
    }
  }

  /** What to tell the person. */
  String advice() {
    return String.format(
        Locale.ROOT,
        "looks evolved from %s, %.2f; declare it with --parent %s in its next version",
        layer,
        // rounded up, other weights would look like the same
        Math.floor(similarity * 100) / 100,
        layer);
  }
}
