package dev.germline.cli.layers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Stop;
import dev.germline.cli.Surroundings;
import dev.germline.cli.layers.Download.Fetched;
import dev.germline.cli.layers.Download.Wanted;
import dev.germline.cli.server.Client;
import dev.germline.cli.server.Json;
import dev.germline.cli.server.Retry;
import dev.germline.cli.server.ServerCommand;
import dev.germline.cli.terminal.Progress;
import dev.germline.cli.terminal.Sizes;
import dev.germline.cli.terminal.Table;
import dev.germline.cli.terminal.Terminal;
import dev.germline.core.assembly.LockFile;
import dev.germline.core.layers.FilePath;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerRef;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.erdtman.jcs.JsonCanonicalizer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "pull",
    description = {
      "Fetches a layer's files and checks every byte of them.",
      "An interrupted pull goes on where it stopped; files that are there already are kept."
    })
public final class PullCommand extends ServerCommand {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "NAME@VERSION[#DIGEST]",
      description = "The layer; with its digest, that very record or nothing. With --lock: DIR.")
  private String name = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DIR",
      description = "Where to (default: a folder NAME@VERSION here).")
  private @Nullable Path folder;

  @Option(names = "--force", description = "Replace files of the same names that differ.")
  private boolean force;

  @Option(
      names = "--tensor",
      paramLabel = "TENSOR",
      description = {
        "Only this tensor, into one file. Layers have hashes of whole files, so",
        "the server vouches for it and not the layer's record."
      })
  private @Nullable String tensor;

  @Option(
      names = "--file",
      paramLabel = "PATH",
      description = "The layer's file that has the tensor, when several have one of its name.")
  private @Nullable String file;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where the tensor goes (default: its name here).")
  private @Nullable Path output;

  @Option(
      names = "--safetensors",
      description = "The tensor as a safetensors file, and not as its bytes only.")
  private boolean safetensors;

  @Option(
      names = "--lock",
      paramLabel = "FILE",
      description = "All that a lock file pins, and nothing else (`germline lock`).")
  private @Nullable Path lock;

  @Option(
      names = "--allow-revoked",
      description = "Also what was revoked, to examine it. The server keeps who got it.")
  private boolean allowRevoked;

  public PullCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    long began = System.nanoTime();
    if (lock != null) {
      return pullLocked(lock, name.isEmpty() ? Path.of("") : Path.of(name));
    }
    if (name.isEmpty()) {
      throw new Stop(ExitCode.USAGE, "give a layer, NAME@VERSION, or --lock FILE");
    }
    LayerRef pinned = name.contains("#") ? LayerRef.parse(name) : null;
    LayerName layer = pinned == null ? LayerName.parse(name) : pinned.layer();
    Path into = folder == null ? Path.of(layer.name() + "@" + layer.version()) : folder;
    Client client = connect();
    if (tensor == null && (file != null || output != null || safetensors)) {
      throw new Stop(ExitCode.USAGE, "--file, -o and --safetensors are for --tensor");
    }
    JsonNode described = client.getPlainly(Client.layer(layer));
    Digest digest = digest(described, pinned);
    withdrawal().check(described, terminal());
    if (tensor != null) {
      return pullTensor(
          new TensorPull(client, layer, withdrawal()),
          new TensorPull.Wanted(tensor, file, safetensors));
    }
    List<Wanted> wanted = files(described.path("record"));
    Download download = new Download(client, layer, into, force, withdrawal(), Retry.patient());
    long bytes = wanted.stream().mapToLong(Wanted::size).sum();
    List<Fetched> fetched;
    try (Progress progress = Progress.of(terminal(), "pulling", bytes)) {
      fetched = Crew.each(wanted, Crew.TRANSFERS, file -> download.fetch(file, progress));
    }
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    report(described, digest, into, wanted, fetched, took);
    return ExitCode.OK;
  }

  private Withdrawal withdrawal() {
    return new Withdrawal(allowRevoked);
  }

  private ExitCode pullLocked(Path file, Path into) {
    LockFile locked = LockedPull.read(file);
    long bytes = new LockedPull(connect(), into, force, withdrawal()).fetch(locked, terminal());
    if (json()) {
      ObjectNode json = Json.object();
      json.put("assembly", locked.assembly().layer().toString());
      json.put("digest", locked.assembly().digest().toHex());
      json.put("layers", locked.layers().size());
      json.put("bytes", bytes);
      print(json);
    } else {
      terminal()
          .line(
              Terminal.plain(
                  "pulled %s into %s: %d layers, %s, every byte as locked"
                      .formatted(
                          locked.assembly().layer(),
                          into.toAbsolutePath().normalize(),
                          locked.layers().size(),
                          Sizes.bytes(bytes))));
    }
    return ExitCode.OK;
  }

  private ExitCode pullTensor(TensorPull pull, TensorPull.Wanted wanted) {
    if (folder != null) {
      throw new Stop(ExitCode.USAGE, "one tensor goes into a file: give -o FILE, and no folder");
    }
    Path into = output == null ? wanted.defaultName() : output;
    TensorPull.Fetched fetched = pull.fetch(wanted, into, force);
    if (json()) {
      ObjectNode json = Json.object();
      json.put("tensor", wanted.tensor());
      json.put("dtype", fetched.dtype());
      json.put("shape", fetched.shape());
      json.put("bytes", fetched.bytes());
      json.put("into", into.toString());
      print(json);
    } else {
      terminal()
          .line(
              Terminal.plain(
                  "pulled %s (%s %s) into %s, %s"
                      .formatted(
                          wanted.tensor(),
                          fetched.dtype(),
                          fetched.shape(),
                          into,
                          Sizes.bytes(fetched.bytes()))));
    }
    return ExitCode.OK;
  }

  /**
   * The record is hashed here: what is pulled is checked against it, so it must be the real one.
   */
  static Digest digest(JsonNode described, @Nullable LayerRef pinned) {
    Digest stated = Digest.parse(described.path("digest").asText());
    Digest real;
    try {
      String record = described.path("record").toString();
      real =
          Blake3.hash(
              new JsonCanonicalizer(record.getBytes(StandardCharsets.UTF_8)).getEncodedUTF8());
    } catch (IOException broken) {
      throw new Stop(ExitCode.NOT_VERIFIED, "the layer's record cannot be read", null, broken);
    }
    if (!real.equals(stated)) {
      throw new Stop(
          ExitCode.NOT_VERIFIED, "the layer's record hashes to " + real + ", not to " + stated);
    }
    if (pinned != null && !pinned.digest().equals(real)) {
      throw new Stop(
          ExitCode.NOT_VERIFIED,
          pinned.layer() + " has the digest " + real + ", not " + pinned.digest());
    }
    return real;
  }

  static List<Wanted> files(JsonNode record) {
    List<Wanted> files = new ArrayList<>();
    for (JsonNode file : record.path("files")) {
      files.add(
          new Wanted(
              FilePath.parse(file.path("path").asText()),
              file.path("sizeBytes").asLong(),
              Digest.parse(file.path("blake3").asText()),
              Digest.parse(file.path("sha256").asText())));
    }
    return files;
  }

  private void report(
      JsonNode described,
      Digest digest,
      Path into,
      List<Wanted> wanted,
      List<Fetched> fetched,
      Duration took) {
    long bytes = wanted.stream().mapToLong(Wanted::size).sum();
    if (json()) {
      ObjectNode json = Json.object();
      json.put("name", described.path("name").asText());
      json.put("digest", digest.toHex());
      json.put("status", described.path("status").asText("active"));
      json.put("folder", into.toAbsolutePath().normalize().toString());
      json.put("bytes", bytes);
      json.put("seconds", took.toMillis() / 1000.0);
      ArrayNode files = json.putArray("files");
      for (int i = 0; i < wanted.size(); i++) {
        files
            .addObject()
            .put("path", wanted.get(i).path().value())
            .put("sizeBytes", wanted.get(i).size())
            .put("blake3", wanted.get(i).blake3().toHex())
            .put("fetched", fetched.get(i).name().toLowerCase(Locale.ROOT));
      }
      print(json);
      return;
    }
    Terminal terminal = terminal();
    terminal.line(
        "pulled "
            + terminal.bold(Terminal.plain(described.path("name").asText()))
            + " into "
            + Terminal.plain(into.toString()));
    Table table = new Table("<><");
    for (int i = 0; i < wanted.size(); i++) {
      String how =
          switch (fetched.get(i)) {
            case KEPT -> "was there";
            case RESUMED -> "resumed, verified";
            case WHOLE -> "verified";
          };
      table.row(wanted.get(i).path(), Sizes.bytes(wanted.get(i).size()), how);
    }
    table.lines().forEach(line -> terminal.line("  " + line));
    terminal.line("  " + Sizes.bytes(bytes) + " in " + Sizes.took(took));
  }
}
