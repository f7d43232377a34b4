package dev.germline.embedded.stores;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The servers of one data directory with the ports chosen for them; none is started here. */
final class Servers {
  private final DataDir dir;
  private final Settings settings;
  private final Map<Part, Server> byPart = new EnumMap<>(Part.class);
  private final List<String> notes;

  private Servers(DataDir dir, Settings settings, Ports ports) throws IOException {
    this.dir = dir;
    this.settings = settings;
    Dist dist = settings.dist();
    Set<Part> parts = settings.parts();
    boolean customary = settings.customaryPorts();
    if (parts.contains(Part.NEO4J)) {
      int http = ports.choose("Neo4j Browser", 0, customary ? 7474 : 0);
      int bolt = ports.choose("Bolt", 0, customary ? 7687 : 0);
      byPart.put(Part.NEO4J, neo4j(dir.home(Part.NEO4J), dir.log(Part.NEO4J), http, bolt));
    }
    if (parts.contains(Part.MARIADB)) {
      byPart.put(
          Part.MARIADB,
          new MariaDbServer(
              dir, dist.mariadb(), ports.choose("MariaDB", 0, 0), settings.mariaDbPoolMiB()));
    }
    if (parts.contains(Part.S3)) {
      int port = ports.choose("S3", 0, 0);
      byPart.put(Part.S3, new S3Server(dir, dist.s3proxyLib(), port, settings.s3HeapMiB()));
    }
    if (parts.contains(Part.APP)) {
      int port = ports.choose("Germline", settings.httpPort(), customary ? 8080 : 0);
      byPart.put(Part.APP, app(port, settings.appEnvironment()));
    }
    this.notes = ports.notes();
  }

  /** Chooses ports, remembered in the data directory, for the parts that the settings name. */
  static Servers choose(DataDir dir, Settings settings) throws IOException {
    Ports ports = new Ports(dir.ports());
    Servers servers = new Servers(dir, settings, ports);
    dir.ports(ports.chosen());
    return servers;
  }

  Set<Part> parts() {
    return Set.copyOf(byPart.keySet());
  }

  /** Ports that are not where people would look, one line each. */
  List<String> notes() {
    return notes;
  }

  Server of(Part part) {
    Server server = byPart.get(part);
    if (server == null) {
      throw new IllegalArgumentException(part + " is not among the parts " + byPart.keySet());
    }
    return server;
  }

  MysqlEndpoint mysql() {
    return ((MariaDbServer) of(Part.MARIADB)).endpoint();
  }

  Neo4jEndpoint neo4j() {
    return ((Neo4jServer) of(Part.NEO4J)).endpoint();
  }

  Neo4jEndpoint neo4jReader() {
    return ((Neo4jServer) of(Part.NEO4J)).reader();
  }

  S3Endpoint s3() {
    return ((S3Server) of(Part.S3)).endpoint();
  }

  /**
   * Second runs of the programs that take a start cache: the app on these very stores, as a second
   * app of a deployment would; Neo4j on an empty folder of its own.
   */
  List<Trainee> trainees() throws IOException {
    Ports ports = new Ports(Map.of());
    List<Trainee> trainees = new ArrayList<>();
    if (byPart.containsKey(Part.APP)) {
      Map<String, String> environment = new HashMap<>(settings.appEnvironment());
      // The real app's token stays the one that the CLI reads.
      environment.put(AppServer.TOKEN_FILE, dir.run("training.token").toString());
      trainees.add(app(ports.choose("app", 0, 0), environment));
    }
    if (byPart.containsKey(Part.NEO4J)) {
      Path home = dir.run("neo4j-training");
      int http = ports.choose("http", 0, 0);
      trainees.add(neo4j(home, home.resolve("out.log"), http, ports.choose("bolt", 0, 0)));
    }
    return trainees;
  }

  private Neo4jServer neo4j(Path home, Path log, int http, int bolt) throws IOException {
    Path program = settings.dist().neo4j();
    return new Neo4jServer(home, log, dir.secrets(), program, http, bolt, settings.neo4jHeapMiB());
  }

  private AppServer app(int port, Map<String, String> environment) throws IOException {
    Path jar = settings.dist().appJar();
    return new AppServer(dir, jar, port, settings.appJvm(), mysql(), neo4j(), s3(), environment);
  }
}
