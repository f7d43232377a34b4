package dev.germline.cli.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Stop;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.Client;
import dev.germline.cli.server.Json;
import dev.germline.cli.server.ServerOptions;
import dev.germline.core.layers.LayerName;
import dev.germline.core.substrate.Digest;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Whether a layer was taken back since its proof was made, which only a server can say. The one
 * part of verifying that asks any, and only if it is told to.
 */
final class CurrentStatus {
  @Option(
      names = "--current",
      description = {
        "Also ask the server whether the layer was yanked or revoked since; a revoked one",
        "is not verified. A bundle alone cannot know."
      })
  private boolean current;

  @Mixin private final ServerOptions server = new ServerOptions();

  /**
   * The layer as the server describes it; an empty object where it is not to be asked.
   *
   * @throws Stop NOT_VERIFIED if the server has another layer of that name
   */
  JsonNode ask(Surroundings around, LayerName layer, Digest proven) {
    if (!current) {
      return Json.object();
    }
    try (Client client = server.connect(around)) {
      JsonNode described = client.get(Client.layer(layer));
      String digest = described.path("digest").asText();
      if (!digest.equals(proven.toHex())) {
        throw new Stop(
            ExitCode.NOT_VERIFIED,
            "the server has another %s than the bundle proves: %s and %s"
                .formatted(layer, digest, proven));
      }
      return described;
    }
  }
}
