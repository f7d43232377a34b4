package dev.germline.cli.sharing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Stop;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.Client;
import dev.germline.cli.server.Json;
import dev.germline.cli.server.ServerCommand;
import dev.germline.cli.terminal.Terminal;
import dev.germline.core.layers.LayerName;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "contribute",
    description = {
      "Offers a layer to the registry, with who had a part in it. An admin who is somebody else",
      "reviews it (`germline submissions`); with the acceptance the parts become claims."
    })
public final class ContributeCommand extends ServerCommand {
  private static final Pattern PART = Pattern.compile("([^:=]+):([^:=]+)=([0-9.]+)");

  @Parameters(paramLabel = "NAME@V", description = "The layer.")
  private String name = "";

  @Option(
      names = "--part",
      required = true,
      paramLabel = "WHO:ROLE=SHARE",
      description = "Such as bob:data=0.25; all shares together are exactly 1. May be repeated.")
  private List<String> parts = new ArrayList<>();

  @Option(names = "--note", paramLabel = "TEXT", description = "For the reviewers.")
  private @Nullable String note;

  public ContributeCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    ObjectNode offer = Json.object();
    ArrayNode contributions = offer.putArray("contributions");
    for (String part : parts) {
      Matcher matcher = PART.matcher(part);
      if (!matcher.matches()) {
        throw new Stop(ExitCode.USAGE, "--part is '" + part + "'; give it as bob:data=0.25");
      }
      contributions
          .addObject()
          .put("contributor", matcher.group(1))
          .put("role", matcher.group(2))
          .put("share", matcher.group(3));
    }
    if (note != null) {
      offer.put("note", note);
    }
    String path = Client.layer(LayerName.parse(name)) + "/submissions";
    JsonNode submission = connect().post(path, offer).json();
    if (json()) {
      print(submission);
    } else {
      terminal()
          .line(
              Terminal.plain(
                  "offered: %s (submission %s)"
                      .formatted(
                          submission.path("layer").asText(), submission.path("id").asText())));
    }
    return ExitCode.OK;
  }
}
