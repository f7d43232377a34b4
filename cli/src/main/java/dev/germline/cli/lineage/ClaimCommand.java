package dev.germline.cli.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Stop;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.Answer;
import dev.germline.cli.server.Json;
import dev.germline.cli.server.ServerCommand;
import dev.germline.cli.terminal.Terminal;
import dev.germline.core.layers.ClaimKind;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerRef;
import dev.germline.core.layers.Relationship;
import dev.germline.core.layers.Reply;
import dev.germline.core.layers.Statement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "claim",
    description = {
      "States a claim, as a fact in the ledger: of two layers, of one, or of another claim.",
      "  NAME@V EVOLVED_FROM NAME@V     evolutionType (finetune), confidence (1),",
      "                                 improvementMetrics",
      "  NAME@V DEPENDS_ON NAME@V       dependencyType (base-model), strength (1), required (true)",
      "  NAME@V SYNERGIZES_WITH NAME@V  synergyStrength, emergentCapabilities",
      "  NAME@V CONFLICTS_WITH NAME@V   conflictType, severity, resolution",
      "  NAME@V REVIEW                  verdict (approve, comment or reject), rating, comment",
      "  NAME@V BENCHMARK               score={\"benchmark\",\"metric\",\"value\"}, harness",
      "  NAME@V SAFETY                  validation={\"procedure\",\"passed\"}",
      "  NAME@V CONTRIBUTION            contribution={\"contributor\",\"role\",\"share\"}",
      "  CLAIM CONTEST                  reason",
      "  CLAIM WITHDRAWAL               reason"
    })
public final class ClaimCommand extends ServerCommand {
  @Parameters(
      index = "0",
      paramLabel = "NAME@V|CLAIM",
      description = "The layer it is about, or the id of the claim.")
  private String subject = "";

  @Parameters(index = "1", paramLabel = "KIND", description = "One of the above.")
  private String kind = "";

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "NAME@V",
      description = "The other layer, of a relation.")
  private @Nullable String object;

  @Option(
      names = {"-p", "--property"},
      paramLabel = "KEY=VALUE",
      description = "A property; the value is JSON, or text. May be repeated.")
  private Map<String, String> properties = new LinkedHashMap<>();

  @Option(
      names = "--supersedes",
      paramLabel = "CLAIM",
      description = "The id of a claim of yours that this one takes the place of.")
  private @Nullable String supersedes;

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
                "%s %s %s %s(claim %s)"
                    .formatted(
                        answer.status() == 201 ? "claimed:" : "known already:",
                        claim.path("from").asText(subject),
                        claim.path("type").asText(kind),
                        claim.has("to") ? claim.path("to").asText() + " " : "",
                        claim.path("id").asText())));
    return ExitCode.OK;
  }

  private ObjectNode claim() {
    ClaimKind said = kind();
    ObjectNode claim = Json.object();
    claim.put("schema", "germline.claim/1");
    claim.put("kind", said.name());
    switch (said) {
      case Relationship.Kind relation -> {
        reference(claim.putObject("subject"), subject);
        reference(claim.putObject("object"), other(relation));
        switch (relation) {
          case EVOLVED_FROM -> claim.put("evolutionType", "finetune").put("confidence", 1.0);
          case DEPENDS_ON ->
              claim.put("dependencyType", "base-model").put("strength", 1.0).put("required", true);
          case SYNERGIZES_WITH, CONFLICTS_WITH -> {}
        }
      }
      case Statement.Kind _ -> reference(claim.putObject("subject"), subject);
      case Reply.Kind _ -> claim.put("claim", subject);
    }
    properties.forEach((key, value) -> claim.set(key, value(value)));
    if (supersedes != null) {
      claim.put("supersedes", supersedes);
    }
    return claim;
  }

  private ClaimKind kind() {
    return ClaimKind.all().stream()
        .filter(one -> one.name().equals(kind))
        .findFirst()
        .orElseThrow(() ->
            new Stop(
                ExitCode.USAGE,
                "there is no kind of claim '%s'; give one of: %s"
                    .formatted(
                        kind,
                        ClaimKind.all().stream()
                            .map(ClaimKind::name)
                            .collect(Collectors.joining(", ")))));
  }

  private String other(Relationship.Kind relation) {
    String given = object;
    if (given == null) {
      throw new Stop(ExitCode.USAGE, relation + " relates two layers; name the other one too");
    }
    return given;
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
