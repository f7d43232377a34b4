package dev.germline.bench;

import dev.germline.core.layers.Relationship;
import dev.germline.core.substrate.EntityId;
import dev.germline.embedded.stores.Part;
import dev.germline.embedded.stores.Stores;
import dev.germline.graph.GraphSchema;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import org.neo4j.driver.Driver;

/**
 * Puts a forest into Neo4j as the projector would draw it, with a document for every claim, by
 * Neo4j's own offline importer.
 */
final class ForestImport {
  static final String AT = "2026-03-03T12:00:00Z";

  private final Forest forest;
  private final Path files;

  ForestImport(Forest forest, Path files) {
    this.forest = forest;
    this.files = files;
  }

  /** The graph, with its constraints, ready to be asked. Neo4j was started once and is stopped. */
  void graph(Stores stores, Driver driver) throws Exception {
    Files.createDirectories(files);
    List<String> inputs = write();
    Path home = stores.dataDir().home(Part.NEO4J);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx2g",
                "@" + home.resolve("java.args"),
                "-XX:-UseSerialGC",
                "-XX:+UseParallelGC",
                "org.neo4j.cli.AdminTool",
                "database",
                "import",
                "full",
                "neo4j",
                "--overwrite-destination"));
    command.addAll(inputs);
    ProcessBuilder importer = new ProcessBuilder(command).directory(files.toFile());
    importer.environment().put("NEO4J_HOME", home.toString());
    importer.environment().put("NEO4J_CONF", home.resolve("conf").toString());
    Path log = files.resolve("import.log");
    Process running = importer.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Runtime.getRuntime().addShutdownHook(new Thread(running::destroyForcibly));
    if (running.waitFor() != 0) {
      String said = Files.readString(log);
      throw new IllegalStateException(
          "the import failed: " + said.substring(Math.max(0, said.length() - 2_000)));
    }
    stores.restart(Part.NEO4J);
    GraphSchema.ensure(driver);
  }

  /** Layers and claims side by side. */
  private List<String> write() throws Exception {
    Path layers = files.resolve("layers.csv");
    FutureTask<Path> writing = new FutureTask<>(() -> writeLayers(layers));
    Thread.ofPlatform().name("layers").start(writing);
    List<String> inputs = writeClaims();
    inputs.addFirst("--nodes=" + writing.get());
    return inputs;
  }

  private Path writeLayers(Path layers) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(layers)) {
      out.write(
          "id:ID,path,contentHash,sizeBytes:long,mimeType,name,namespace,version,type,digest,"
              + "creator,createdAt:datetime,visibility,:LABEL\n");
      for (int i = 0; i < forest.layers(); i++) {
        EntityId id = forest.layerId(i);
        String digest = forest.digest(id);
        var name = forest.name(i);
        out.write(
            String.join(
                ",",
                id.toString(),
                "layers/" + name,
                digest,
                "1200",
                "application/vnd.germline.layer+json",
                name.toString(),
                name.namespace(),
                "1.0.0",
                "lora",
                digest,
                creator(i),
                AT,
                visibility(i),
                "Entity;Document;Layer;LoraLayer\n"));
      }
    }
    return layers;
  }

  private List<String> writeClaims() throws IOException {
    List<String> inputs = new ArrayList<>();
    Map<Relationship.Kind, BufferedWriter> documents = new EnumMap<>(Relationship.Kind.class);
    Map<Relationship.Kind, BufferedWriter> arrows = new EnumMap<>(Relationship.Kind.class);
    BufferedWriter subjects = open(inputs, "--relationships=CLAIM_SUBJECT=", ":START_ID,:END_ID");
    BufferedWriter objects = open(inputs, "--relationships=CLAIM_OBJECT=", ":START_ID,:END_ID");
    for (Relationship.Kind kind : Relationship.Kind.values()) {
      documents.put(
          kind,
          open(
              inputs,
              "--nodes=",
              "id:ID,path,contentHash,sizeBytes:long,mimeType,type,subject,object,assertedBy,"
                  + "at:datetime,"
                  + columns(kind)
                  + ",:LABEL"));
      arrows.put(
          kind,
          open(
              inputs,
              "--relationships=" + kind + "=",
              ":START_ID,:END_ID,claim,assertedBy,at:datetime," + columns(kind)));
    }
    for (int i = 0; i < forest.arrows(); i++) {
      Relationship.Kind kind = forest.kind(i);
      String claim = forest.claimId(i).toString();
      String from = forest.layerId(forest.from(i)).toString();
      String to = forest.layerId(forest.to(i)).toString();
      String said = creator(forest.from(i)) + "," + AT + "," + values(kind, i);
      String digest = forest.digest(forest.claimId(i));
      Objects.requireNonNull(documents.get(kind))
          .write(
              String.join(
                  ",",
                  claim,
                  "claims/" + kind + "/" + digest,
                  digest,
                  "400",
                  "application/vnd.germline.claim+json",
                  kind.name(),
                  from,
                  to,
                  said,
                  "Entity;Document;Claim\n"));
      Objects.requireNonNull(arrows.get(kind))
          .write(String.join(",", from, to, claim, said) + "\n");
      subjects.write(claim + "," + from + "\n");
      objects.write(claim + "," + to + "\n");
    }
    List<BufferedWriter> all = new ArrayList<>(documents.values());
    all.addAll(arrows.values());
    all.addAll(List.of(subjects, objects));
    for (BufferedWriter one : all) {
      one.close();
    }
    return inputs;
  }

  private BufferedWriter open(List<String> inputs, String option, String header)
      throws IOException {
    Path file = files.resolve(inputs.size() + ".csv");
    inputs.add(option + file);
    BufferedWriter writer = Files.newBufferedWriter(file);
    writer.write(header + "\n");
    return writer;
  }

  private static String columns(Relationship.Kind kind) {
    return switch (kind) {
      case EVOLVED_FROM ->
          "evolutionType,confidence:double,improvementMetricNames:string[],"
              + "improvementMetricValues:double[]";
      case DEPENDS_ON -> "dependencyType,strength:double,required:boolean";
      case SYNERGIZES_WITH -> "synergyStrength:double,emergentCapabilities:string[]";
      case CONFLICTS_WITH -> "conflictType,severity:double";
    };
  }

  private static String values(Relationship.Kind kind, int arrow) {
    return switch (kind) {
      case EVOLVED_FROM -> "finetune," + confidence(arrow) + ",ndcg;latency,0.5;3.0";
      case DEPENDS_ON -> "runtime,0." + (1 + arrow % 9) + "," + (arrow % 3 == 0);
      case SYNERGIZES_WITH -> "0.5,autofix;review";
      case CONFLICTS_WITH -> "format,0.25";
    };
  }

  static String creator(int layer) {
    return "user-" + layer % 500;
  }

  static String visibility(int layer) {
    return layer % 20 == 0 ? "private" : "public";
  }

  static double confidence(int arrow) {
    return (5 + arrow % 5) / 10.0;
  }
}
