package dev.germline.cli.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.Client;
import dev.germline.cli.server.Json;
import dev.germline.cli.server.ServerCommand;
import dev.germline.cli.terminal.Terminal;
import dev.germline.cli.terminal.Tree;
import dev.germline.core.layers.LayerName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "lineage",
    description = "Draws what a layer evolved from and what evolved from it.")
public final class LineageCommand extends ServerCommand {
  @Parameters(paramLabel = "NAME@VERSION", description = "Such as baai/bge-small-en@1.5.0.")
  private String name = "";

  @Option(
      names = {"--up", "--ancestors"},
      description = "Only what it evolved from.")
  private boolean up;

  @Option(
      names = {"--down", "--descendants"},
      description = "Only what evolved from it.")
  private boolean down;

  @Option(
      names = "--depth",
      paramLabel = "N",
      defaultValue = "64",
      description = "Steps at most, 1 to 64 (default: ${DEFAULT-VALUE}).")
  private int depth;

  @Mixin private final AsOf asOf = new AsOf();

  @Option(
      names = "--export",
      paramLabel = "FORMAT",
      description =
          "Print all of it as a document instead: json, graphml, dot or prov (W3C PROV-JSON).")
  private @Nullable String export;

  public LineageCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    String path = Client.layer(LayerName.parse(name));
    Client client = connect();
    if (export != null) {
      byte[] document =
          client
              .bytes(
                  path
                      + "/lineage?depth="
                      + depth
                      + "&format="
                      + Client.encode(export)
                      + asOf.query("&"))
              .bytes();
      surroundings().out().write(document, 0, document.length);
      surroundings().out().flush();
      return ExitCode.OK;
    }
    ObjectNode json = Json.object();
    List<Tree> trees = new ArrayList<>();
    boolean truncated = false;
    if (up || !down) {
      JsonNode answer = client.get(path + "/ancestors?depth=" + depth + asOf.query("&"));
      json.set("ancestors", answer);
      trees.add(Family.ancestors(answer).tree());
      truncated |= Family.ancestors(answer).truncated();
    }
    if (down || !up) {
      JsonNode answer = client.get(path + "/descendants?depth=" + depth + asOf.query("&"));
      json.set("descendants", answer);
      trees.add(Family.descendants(answer).tree());
      truncated |= Family.descendants(answer).truncated();
    }
    if (json()) {
      print(json);
      return ExitCode.OK;
    }
    Terminal terminal = terminal();
    List<Tree> relatives = trees.stream().flatMap(tree -> tree.children().stream()).toList();
    new Tree(trees.getFirst().label(), relatives).lines().forEach(terminal::line);
    if (relatives.isEmpty()) {
      terminal.note("no relatives are known");
    }
    if (truncated) {
      terminal.note("there are more relatives than were looked at; --depth narrows");
    }
    return ExitCode.OK;
  }
}
