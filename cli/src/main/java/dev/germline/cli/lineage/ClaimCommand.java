package dev.germline.cli.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.Answer;
import dev.germline.cli.server.Json;
import dev.germline.cli.server.ServerCommand;
import dev.germline.cli.terminal.Terminal;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerRef;
import dev.germline.core.layers.Relationship;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "claim",
    description = {
      "States a relation of two published layers, as a fact in the ledger.",
      "  EVOLVED_FROM     evolutionType (finetune), confidence (1), improvementMetrics",
      "  DEPENDS_ON       dependencyType (base-model), strength (1), required (true)",
      "  SYNERGIZES_WITH  synergyStrength, emergentCapabilities",
      "  CONFLICTS_WITH   conflictType, severity, resolution"
    })
public final class ClaimCommand extends ServerCommand {
  @Parameters(index = "0", paramLabel = "NAME@V", description = "The layer it is about.")
  private String subject = "";

  @Parameters(index = "1", paramLabel = "RELATION", description = "One of the above.")
  private Relationship.Kind kind = Relationship.Kind.EVOLVED_FROM;

  @Parameters(index = "2", paramLabel = "NAME@V", description = "The other layer.")
  private String object = "";

  @Option(
      names = {"-p", "--property"},
      paramLabel = "KEY=VALUE",
      description = "A property; the value is JSON, or text. May be repeated.")
  private Map<String, String> properties = new LinkedHashMap<>();

  public ClaimCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    Answer answer = connect().post("/api/v1/claims", claim());
    JsonNode claim = answer.json();
    if (json()) {
      print(claim);
      return ExitCode.OK;
    }
    terminal()
        .line(
            Terminal.plain(
                "%s %s %s %s (claim %s)"
                    .formatted(
                        answer.status() == 201 ? "claimed:" : "known already:",
                        claim.path("from").asText(subject),
                        claim.path("type").asText(kind.name()),
                        claim.path("to").asText(object),
                        claim.path("id").asText())));
    return ExitCode.OK;
  }

  private ObjectNode claim() {
    ObjectNode claim = Json.object();
    claim.put("schema", "germline.claim/1");
    claim.put("kind", kind.name());
    reference(claim.putObject("subject"), subject);
    reference(claim.putObject("object"), object);
    switch (kind) {
      case EVOLVED_FROM -> claim.put("evolutionType", "finetune").put("confidence", 1.0);
      case DEPENDS_ON ->
          claim.put("dependencyType", "base-model").put("strength", 1.0).put("required", true);
      case SYNERGIZES_WITH, CONFLICTS_WITH -> {}
    }
    properties.forEach((key, value) -> claim.set(key, value(value)));
    return claim;
  }

  private static void reference(ObjectNode reference, String text) {
    if (text.contains("#")) {
      LayerRef pinned = LayerRef.parse(text);
      reference.put("layer", pinned.layer().toString()).put("digest", pinned.digest().toHex());
    } else {
      reference.put("layer", LayerName.parse(text).toString());
    }
  }

  private static JsonNode value(String text) {
    try {
      JsonNode json = Json.read(text.getBytes(StandardCharsets.UTF_8));
      return json.isMissingNode() ? TextNode.valueOf(text) : json;
    } catch (IOException plainText) {
      return TextNode.valueOf(text);
    }
  }
}
