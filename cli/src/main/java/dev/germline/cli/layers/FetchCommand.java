package dev.germline.cli.layers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Stop;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.Client;
import dev.germline.cli.server.Json;
import dev.germline.cli.server.Retry;
import dev.germline.cli.server.ServerCommand;
import dev.germline.cli.terminal.Progress;
import dev.germline.cli.terminal.Sizes;
import dev.germline.cli.terminal.Terminal;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerRef;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "fetch",
    description = {
      "Copies a layer from another registry into this one: its record, byte for byte, and its files,",
      "each checked against the record. What its record pins, its parents first of all, has to be",
      "here already, or comes with --with-parents. Publishing what others made is an admin's."
    })
public final class FetchCommand extends ServerCommand {
  @Parameters(
      paramLabel = "NAME@VERSION[#DIGEST]",
      description = "The layer; with its digest, that very record or nothing.")
  private String name = "";

  @Option(
      names = "--from",
      required = true,
      paramLabel = "URL",
      description = "The other registry, such as https://lab.example.org.")
  private URI from = URI.create("");

  @Option(
      names = "--from-token-file",
      paramLabel = "FILE",
      description = "File with a token of the other registry.")
  private @Nullable Path fromToken;

  @Option(
      names = "--with-parents",
      description = "Bring along what the record pins and is not here, each by its digest.")
  private boolean withParents;

  @Option(
      names = "--most",
      paramLabel = "N",
      defaultValue = "256",
      description = "Layers at most, with --with-parents (default: ${DEFAULT-VALUE}).")
  private int most;

  public FetchCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    if (from.getHost() == null
        || from.getScheme() == null
        || !from.getScheme().startsWith("http")) {
      throw new Stop(ExitCode.USAGE, "--from is http(s)://host:port, and not '" + from + "'");
    }
    LayerRef pinned = name.contains("#") ? LayerRef.parse(name) : null;
    LayerName layer = pinned == null ? LayerName.parse(name) : pinned.layer();
    Client here = connect();
    try (Client there = new Client(from, token())) {
      Pedigree pedigree = new Pedigree(there, here, most);
      List<Pedigree.Found> wanted =
          withParents ? pedigree.of(layer, pinned) : List.of(pedigree.alone(layer, pinned));
      // Before anything is copied: half a family is of no use.
      wanted.forEach(one -> Withdrawal.RESPECTED.check(one.described(), terminal()));
      List<Push.Published> published = wanted.stream().map(one -> copy(there, here, one)).toList();
      report(wanted, published);
      return ExitCode.OK;
    }
  }

  private Push.Published copy(Client there, Client here, Pedigree.Found layer) {
    Path folder = temporary();
    try {
      List<Download.Wanted> wanted = PullCommand.files(layer.described().path("record"));
      Download download =
          new Download(there, layer.name(), folder, false, Withdrawal.RESPECTED, Retry.patient());
      long bytes = wanted.stream().mapToLong(Download.Wanted::size).sum();
      try (Progress progress = Progress.of(terminal(), "fetching", bytes)) {
        Crew.each(wanted, Crew.TRANSFERS, file -> download.fetch(file, progress));
      }
      ObjectNode record = layer.described().path("record").deepCopy();
      List<LocalFile> files =
          wanted.stream()
              .map(file ->
                  new LocalFile(file.path(), folder.resolve(file.path().value()), file.size()))
              .toList();
      Push.Published published = new Push(here, terminal()).publish(layer.name(), record, files);
      String kept = published.layer().path("digest").asText();
      if (!kept.equals(layer.digest().toHex())) {
        throw new Stop(
            ExitCode.NOT_VERIFIED,
            "%s was published here with the digest %s, and there it has %s"
                .formatted(layer.name(), kept, layer.digest()));
      }
      return published;
    } finally {
      delete(folder);
    }
  }

  /** The layer that was asked for is the last. */
  private void report(List<Pedigree.Found> layers, List<Push.Published> published) {
    if (json()) {
      ObjectNode json = described(layers.getLast(), published.getLast());
      ArrayNode along = json.putArray("along");
      for (int i = 0; i < layers.size() - 1; i++) {
        along.add(described(layers.get(i), published.get(i)));
      }
      print(json);
      return;
    }
    for (int i = 0; i < layers.size(); i++) {
      terminal()
          .line(
              Terminal.plain(
                  "%s %s from %s, %s, verified"
                      .formatted(
                          published.get(i).fresh() ? "fetched" : "here already:",
                          layers.get(i).name(),
                          from,
                          Sizes.bytes(published.get(i).bytes()))));
    }
  }

  private ObjectNode described(Pedigree.Found layer, Push.Published published) {
    ObjectNode json = Json.object();
    json.put("name", layer.name().toString());
    json.put("digest", layer.digest().toHex());
    json.put("from", from.toString());
    json.put("fresh", published.fresh());
    json.put("bytes", published.bytes());
    return json;
  }

  private @Nullable String token() {
    Path file = fromToken;
    if (file == null) {
      return null;
    }
    try {
      return Files.readString(file).strip();
    } catch (IOException unreadable) {
      throw new Stop(ExitCode.LOCAL, "cannot read " + file + ": " + unreadable.getMessage());
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("germline-fetch-");
    } catch (IOException full) {
      throw new Stop(ExitCode.LOCAL, "cannot make a temporary folder: " + full.getMessage());
    }
  }

  /** What cannot be deleted is left to the system, which clears its temporary folder. */
  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException left) {
      folder.toFile().deleteOnExit();
    }
  }
}
