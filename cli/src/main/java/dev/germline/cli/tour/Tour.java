package dev.germline.cli.tour;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Stop;
import dev.germline.cli.layers.LocalFile;
import dev.germline.cli.layers.Push;
import dev.germline.cli.ledger.FileCheck;
import dev.germline.cli.ledger.OfflineVerification;
import dev.germline.cli.ledger.PublicKey;
import dev.germline.cli.lineage.Family;
import dev.germline.cli.server.Client;
import dev.germline.cli.server.Json;
import dev.germline.cli.server.ServerOptions;
import dev.germline.cli.terminal.Sizes;
import dev.germline.cli.terminal.Table;
import dev.germline.cli.terminal.Terminal;
import dev.germline.core.layers.LayerFile;
import dev.germline.core.ledger.Verifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The tour, step by step, each with a line on why it matters. */
final class Tour {
  private static final String LINEAGE_QUERY =
      "MATCH p=(:Layer)-[:EVOLVED_FROM*]->(:Layer) RETURN p";

  private final ServerOptions.Location server;
  private final Client client;
  private final Terminal terminal;
  private final List<TourModel> models;
  private int step;

  /**
   * @param models the parent first
   */
  Tour(ServerOptions.Location server, Client client, Terminal terminal, List<TourModel> models) {
    this.server = server;
    this.client = client;
    this.terminal = terminal;
    this.models = List.copyOf(models);
  }

  /** How it went. */
  record Result(
      ArrayNode layers,
      ArrayNode lineage,
      long originalBytes,
      long storedBytes,
      String stateRoot,
      boolean proofValid,
      boolean tamperDetected,
      double seconds) {
    boolean ok() {
      return proofValid && tamperDetected && layers.size() == 2 && lineage.size() == 1;
    }

    JsonNode json() {
      ObjectNode json = Json.object();
      json.put("ok", ok());
      json.set("layers", layers);
      json.set("lineage", lineage);
      json.put("originalBytes", originalBytes);
      json.put("storedBytes", storedBytes);
      json.put("stateRoot", stateRoot);
      json.put("proofValid", proofValid);
      json.put("tamperDetected", tamperDetected);
      json.put("seconds", seconds);
      return json;
    }
  }

  Result run() {
    long began = System.nanoTime();
    terminal.line(terminal.bold("Germline tour") + "  " + client.base());
    List<Push.Published> published = push();
    ArrayNode lineage = lineage();
    long original = published.stream().mapToLong(Push.Published::bytes).sum();
    long stored = stored(published, original);
    JsonNode head = root();
    TourModel last = models.getLast();
    byte[] bundle = client.bytes(Client.layer(last.name()) + "/proof").bytes();
    Verifier key = PublicKey.of(client.get("/api/v1/ledger/key"));
    List<LayerFile> files = proven(bundle, key);
    boolean valid = verify(bundle, key, files, last.folder());
    boolean caught = tamper(bundle, key, files, last);
    lookAround();
    ArrayNode layers = Json.array();
    for (Push.Published layer : published) {
      layers
          .addObject()
          .put("name", layer.layer().path("name").asText())
          .put("digest", layer.layer().path("digest").asText())
          .put("type", layer.layer().path("type").asText())
          .put("bytes", layer.bytes())
          .put("published", layer.fresh());
    }
    double seconds = Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0;
    Result result =
        new Result(
            layers, lineage, original, stored, head.path("root").asText(), valid, caught, seconds);
    terminal.line("");
    terminal.line(
        result.ok()
            ? terminal.good("tour: ok")
                + terminal.faint("  " + Sizes.took(Duration.ofMillis((long) (seconds * 1000))))
            : terminal.bad("tour: failed"));
    return result;
  }

  private void step(String title, String why) {
    step++;
    terminal.line("");
    terminal.line(terminal.bold(step + "  " + title) + terminal.faint("  " + why));
  }

  private void say(String line) {
    terminal.line("   " + line);
  }

  private List<Push.Published> push() {
    step("Push two real models", "real weights, their bytes to S3, their records to the ledger");
    Push push = new Push(client, terminal);
    List<Push.Published> published = new ArrayList<>();
    Table table = new Table("<><");
    for (TourModel model : models) {
      long began = System.nanoTime();
      Push.Published layer = push.publish(model.name(), model.record(), model.files());
      published.add(layer);
      String how =
          layer.fresh()
              ? "published in " + Sizes.took(Duration.ofNanos(System.nanoTime() - began))
              : "was there already, not one byte sent";
      table.row(model.name(), Sizes.bytes(layer.bytes()), how);
    }
    table.lines().forEach(this::say);
    return published;
  }

  private ArrayNode lineage() {
    step("Where does it come from?", "parents are pinned by digest, every arrow is a signed claim");
    JsonNode family = client.get(Client.layer(models.getLast().name()) + "/ancestors");
    Family.ancestors(family).tree().lines().forEach(this::say);
    ArrayNode edges = Json.array();
    for (JsonNode edge : family.path("edges")) {
      edges
          .addObject()
          .put("from", edge.path("from").asText())
          .put("to", edge.path("to").asText())
          .put("type", edge.path("type").asText())
          .put("evolutionType", edge.path("properties").path("evolutionType").asText());
    }
    return edges;
  }

  private long stored(List<Push.Published> published, long original) {
    step("What is stored?", "each content once, and a child as what differs from its parent");
    Set<String> seen = new HashSet<>();
    Table table = new Table("<><");
    for (Push.Published layer : published) {
      for (JsonNode file : layer.layer().path("files")) {
        table.row(
            file.path("path").asText(),
            Sizes.bytes(file.path("sizeBytes").asLong()),
            seen.add(file.path("blake3").asText())
                ? file.path("format").asText()
                : "same content as before");
      }
    }
    table.lines().forEach(this::say);
    long first = storage(models.getFirst()).path("storedBytes").asLong();
    long more = storage(models.getLast()).path("ownBytes").asLong();
    say(
        "%s pushed, %s stored; of these the second takes %s"
            .formatted(Sizes.bytes(original), Sizes.bytes(first + more), Sizes.bytes(more)));
    return first + more;
  }

  private JsonNode storage(TourModel model) {
    return client.get(Client.layer(model.name()) + "/storage");
  }

  private JsonNode root() {
    step("One signed root", "commits to every fact; change any, and it changes");
    JsonNode head = client.get("/api/v1/ledger");
    say("state root " + Terminal.plain(head.path("root").asText()));
    say(
        Terminal.plain(
            "sequence %s, %s documents, %s edges, signed by device %s"
                .formatted(
                    head.path("sequence").asText(),
                    Sizes.count(head.path("counts").path("documents").asLong()),
                    Sizes.count(head.path("counts").path("edges").asLong()),
                    head.path("deviceId").asText())));
    return head;
  }

  private static List<LayerFile> proven(byte[] bundle, Verifier key) {
    return switch (OfflineVerification.check(bundle, key)) {
      case OfflineVerification.Outcome.Proven proven -> proven.layer().manifest().files();
      case OfflineVerification.Outcome.Refuted(String reason) ->
          throw new Stop(ExitCode.NOT_VERIFIED, "the server's proof does not verify: " + reason);
    };
  }

  private boolean verify(byte[] bundle, Verifier key, List<LayerFile> files, Path folder) {
    step("Prove it offline", "from here on only the bundle, the public key and the files");
    say("proof bundle of " + Sizes.bytes(bundle.length) + ", device " + key.device());
    boolean valid = allRight(new FileCheck(terminal).folder(files, folder));
    say(
        valid
            ? terminal.good("verified") + ": signature, place in the root, every byte"
            : terminal.bad("does not verify"));
    return valid;
  }

  private static boolean allRight(List<FileCheck.Finding> findings) {
    return findings.stream().allMatch(finding -> finding.standing() == FileCheck.Standing.OK);
  }

  private boolean tamper(byte[] bundle, Verifier key, List<LayerFile> files, TourModel model) {
    step("Flip one bit", "in a copy of the weights, then in a copy of the proof");
    LocalFile weights = model.weights();
    try (Tampering tampering = Tampering.inNewFolder()) {
      tampering.copy(model.files().stream().map(LocalFile::file).toList());
      long at = tampering.flip(tampering.folder().resolve(weights.path().value()));
      say("byte %s of %s".formatted(Sizes.count(at), weights.path()));
      List<FileCheck.Finding> findings = new FileCheck(terminal).folder(files, tampering.folder());
      boolean fileCaught =
          findings.stream()
              .filter(finding -> finding.path().equals(weights.path().value()))
              .anyMatch(finding -> finding.standing() == FileCheck.Standing.DIFFERS);
      findings.stream()
          .flatMap(finding -> finding.details().stream())
          .limit(1)
          .forEach(detail -> say("  " + terminal.bad("caught") + ": " + Terminal.plain(detail)));
      byte[] forged = bundle.clone();
      forged[forged.length / 2] ^= 1;
      say("byte %s of the proof".formatted(Sizes.count(forged.length / 2)));
      boolean proofCaught = false;
      if (OfflineVerification.check(forged, key)
          instanceof OfflineVerification.Outcome.Refuted(String reason)) {
        proofCaught = true;
        say("  " + terminal.bad("caught") + ": " + Terminal.plain(reason));
      }
      return fileCaught && proofCaught;
    }
  }

  private void lookAround() {
    step("Look around", "all of it runs on this machine until `./germline down`");
    Table table = new Table("<<");
    table.row("Swagger UI", client.base() + "/swagger-ui/");
    String browser = server.described().path("neo4jBrowser").asText();
    if (!browser.isEmpty()) {
      table.row("Neo4j Browser", browser + "?cmd=edit&arg=" + Client.encode(LINEAGE_QUERY));
      table.row("  its query", LINEAGE_QUERY);
      table.row("  connect to", server.described().path("bolt").asText() + " as reader");
      table.row("  password", "neo4jReaderPassword in " + server.data() + "/secrets.json");
    }
    table.row("next", "./germline show " + models.getLast().name());
    table.lines().forEach(this::say);
  }
}
