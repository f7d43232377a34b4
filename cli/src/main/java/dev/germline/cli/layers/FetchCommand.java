package dev.germline.cli.layers;

import com.fasterxml.jackson.databind.JsonNode;
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
import dev.germline.core.substrate.Digest;
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
      "each checked against the record. Its parents have to be here already; publishing what others",
      "made is an admin's."
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
    Path folder = temporary();
    try (Client there = new Client(from, token())) {
      JsonNode described = there.get(Client.layer(layer));
      Digest digest = PullCommand.digest(described, pinned);
      List<Download.Wanted> wanted = PullCommand.files(described.path("record"));
      Download download = new Download(there, layer, folder, false, Retry.patient());
      long bytes = wanted.stream().mapToLong(Download.Wanted::size).sum();
      try (Progress progress = Progress.of(terminal(), "fetching", bytes)) {
        Crew.each(wanted, Crew.TRANSFERS, file -> download.fetch(file, progress));
      }
      ObjectNode record = described.path("record").deepCopy();
      List<LocalFile> files =
          wanted.stream()
              .map(file ->
                  new LocalFile(file.path(), folder.resolve(file.path().value()), file.size()))
              .toList();
      Push.Published published = new Push(here, terminal()).publish(layer, record, files);
      String kept = published.layer().path("digest").asText();
      if (!kept.equals(digest.toHex())) {
        throw new Stop(
            ExitCode.NOT_VERIFIED,
            "%s was published here with the digest %s, and there it has %s"
                .formatted(layer, kept, digest));
      }
      report(layer, digest, published);
      return ExitCode.OK;
    } finally {
      delete(folder);
    }
  }

  private void report(LayerName layer, Digest digest, Push.Published published) {
    if (json()) {
      ObjectNode json = Json.object();
      json.put("name", layer.toString());
      json.put("digest", digest.toHex());
      json.put("from", from.toString());
      json.put("fresh", published.fresh());
      json.put("bytes", published.bytes());
      print(json);
    } else {
      terminal()
          .line(
              Terminal.plain(
                  "%s %s from %s, %s, verified"
                      .formatted(
                          published.fresh() ? "fetched" : "here already:",
                          layer,
                          from,
                          Sizes.bytes(published.bytes()))));
    }
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
