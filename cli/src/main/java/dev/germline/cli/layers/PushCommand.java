package dev.germline.cli.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.Client;
import dev.germline.cli.server.Json;
import dev.germline.cli.server.ServerCommand;
import dev.germline.cli.terminal.Sizes;
import dev.germline.cli.terminal.Terminal;
import dev.germline.core.layers.LayerName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "push",
    description = {
      "Publishes files as a layer version.",
      "What the server has already is not sent; an interrupted push goes on where it stopped."
    })
public final class PushCommand extends ServerCommand {
  @Parameters(
      index = "0",
      paramLabel = "NAME@VERSION",
      description = "Such as acme/helpdesk@1.0.0.")
  private String name = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "PATH",
      description = "Files, or folders with all that is in them but names with a leading dot.")
  private List<Path> paths = new ArrayList<>();

  @Mixin private Draft draft = new Draft();

  public PushCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    long began = System.nanoTime();
    Terminal terminal = terminal();
    LayerName layer = LayerName.parse(name);
    List<LocalFile> files = LocalFile.at(paths);
    List<String> notes = new ArrayList<>();
    ObjectNode record = draft.read(layer, files, surroundings(), notes);
    notes.forEach(note -> terminal.note("note: " + Terminal.plain(note)));
    Client client = connect();
    Push.Published published = new Push(client, terminal).publish(layer, record, files);
    SuggestedParent suggested =
        record.at("/provenance/parents").isEmpty() ? SuggestedParent.best(client, layer) : null;
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    if (json()) {
      ObjectNode json = Json.object();
      json.put("published", published.fresh());
      json.put("bytes", published.bytes());
      json.put("sentBytes", published.sentBytes());
      json.put("seconds", took.toMillis() / 1000.0);
      json.set("layer", published.layer());
      if (suggested != null) {
        json.putObject("suggestedParent")
            .put("layer", suggested.layer())
            .put("similarity", suggested.similarity());
      }
      print(json);
      return ExitCode.OK;
    }
    terminal.line(
        "%s %s  %s"
            .formatted(
                published.fresh() ? "published" : "known already:",
                terminal.bold(layer.toString()),
                Terminal.plain(published.layer().path("type").asText())));
    terminal.line(
        "  %d %s, %s (%s sent) in %s"
            .formatted(
                files.size(),
                files.size() == 1 ? "file" : "files",
                Sizes.bytes(published.bytes()),
                Sizes.bytes(published.sentBytes()),
                Sizes.took(took)));
    terminal.line("  digest    " + Terminal.plain(published.layer().path("digest").asText()));
    terminal.line("  ledger    " + published.layer().path("ledgerSequence").asLong());
    if (suggested != null) {
      terminal.note("note: " + Terminal.plain(suggested.advice()));
    }
    return ExitCode.OK;
  }
}
