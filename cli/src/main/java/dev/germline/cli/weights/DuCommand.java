package dev.germline.cli.weights;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.Client;
import dev.germline.cli.server.ServerCommand;
import dev.germline.cli.terminal.Sizes;
import dev.germline.cli.terminal.Table;
import dev.germline.cli.terminal.Terminal;
import dev.germline.core.layers.LayerName;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "du",
    description = {
      "What layers take in the store: raw, stored, shared and saved, and by which encodings.",
      "Counts what you may see; admins also see the objects in S3."
    })
public final class DuCommand extends ServerCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "NAME@VERSION",
      description = "One layer (default: all of them).")
  private @Nullable String name;

  public DuCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    String path =
        name == null ? "/api/v1/storage" : Client.layer(LayerName.parse(name)) + "/storage";
    JsonNode storage = connect().get(path);
    if (json()) {
      print(storage);
      return ExitCode.OK;
    }
    Table table = new Table("<><");
    table.row("raw", size(storage, "rawBytes"), name == null ? files(storage) : "");
    table.row("distinct", size(storage, "distinctBytes"), "equal pieces counted once");
    table.row("stored", size(storage, "storedBytes"), saved(storage));
    if (name == null) {
      objects(storage.path("objects"), table);
    } else {
      table.row("  own", size(storage, "ownBytes"), "no other layer that you see has it");
      table.row("  shared", size(storage, "sharedBytes"), "other layers have it too");
      if (storage.has("aloneBytes")) {
        table.row("alone", size(storage, "aloneBytes"), "if there were no other layer");
      }
    }
    Terminal terminal = terminal();
    table.lines().forEach(terminal::line);
    encodings(storage.path("encodings"), terminal);
    depths(storage.path("depths"), terminal);
    return ExitCode.OK;
  }

  private static String size(JsonNode storage, String member) {
    return Sizes.bytes(storage.path(member).asLong());
  }

  private static String files(JsonNode storage) {
    return "%s files of %s layers"
        .formatted(
            Sizes.count(storage.path("files").asLong()),
            Sizes.count(storage.path("layers").asLong()));
  }

  private static String saved(JsonNode storage) {
    return String.format(Locale.ROOT, "%.1f %% saved", 100 * storage.path("saved").asDouble());
  }

  private static void objects(JsonNode objects, Table table) {
    if (!objects.isMissingNode()) {
      table.row(
          "segments",
          size(objects, "segmentBytes"),
          Sizes.count(objects.path("segments").asLong()) + " objects in S3");
      table.row("  unpublished", size(objects, "unpublishedBytes"), "needed, but by no layer");
      table.row("  dead", size(objects, "deadBytes"), "not needed, and indexes");
    }
  }

  private static void encodings(JsonNode encodings, Terminal terminal) {
    if (encodings.isEmpty()) {
      return;
    }
    terminal.line("");
    Table table = new Table("<>>>>");
    table.row("encoding", "pieces", "raw", "stored", "of raw");
    for (JsonNode use : encodings) {
      long raw = use.path("rawBytes").asLong();
      long stored = use.path("storedBytes").asLong();
      table.row(
          use.path("encoding").asText(),
          Sizes.count(use.path("pieces").asLong()),
          Sizes.bytes(raw),
          Sizes.bytes(stored),
          String.format(Locale.ROOT, "%.1f %%", 100.0 * stored / Math.max(1, raw)));
    }
    table.lines().forEach(terminal::line);
  }

  private static void depths(JsonNode depths, Terminal terminal) {
    if (depths.size() < 2) {
      return;
    }
    StringBuilder line = new StringBuilder("pieces by how many others they are coded on: ");
    for (int depth = 0; depth < depths.size(); depth++) {
      line.append(depth == 0 ? "" : ", ")
          .append(depth)
          .append(": ")
          .append(Sizes.count(depths.get(depth).asLong()));
    }
    terminal.line("");
    terminal.line(line.toString());
  }
}
