package dev.germline.embedded.stores;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What to start and how.
 *
 * @param dataDir created when missing, refused when another process has it
 * @param parts the app needs all three stores
 * @param dist the built programs
 * @param customaryPorts whether 8080, 7474 and 7687 are tried first; else any free ports
 * @param httpPort the app's port if the user insists on one, else 0
 * @param neo4jHeapMiB heap of Neo4j, MiB; with more than the usual, caches of half of it for
 *     Neo4j's and MariaDB's files
 * @param s3HeapMiB heap of S3Proxy, MiB
 * @param appJvm JVM options of the app, after the defaults
 * @param appEnvironment variables of the app, on top of the stores' addresses
 */
public record Settings(
    Path dataDir,
    Set<Part> parts,
    Dist dist,
    boolean customaryPorts,
    int httpPort,
    int neo4jHeapMiB,
    int s3HeapMiB,
    List<String> appJvm,
    Map<String, String> appEnvironment) {

  private static final int USUAL_HEAP_MIB = 256;

  public Settings {
    parts = Set.copyOf(parts);
    appJvm = List.copyOf(appJvm);
    appEnvironment = Map.copyOf(appEnvironment);
    if (parts.contains(Part.APP) && !parts.containsAll(Part.stores())) {
      throw new IllegalArgumentException("the app needs all three stores, not " + parts);
    }
  }

  /** What MariaDB holds of its files in memory, MiB. */
  int mariaDbPoolMiB() {
    return neo4jHeapMiB <= USUAL_HEAP_MIB ? 128 : neo4jHeapMiB / 2;
  }

  /** The three stores on {@code dataDir}, on any free ports: what tests and benchmarks want. */
  public static Settings stores(Path dataDir) {
    return new Settings(
        dataDir, Part.stores(), Dist.locate(), false, 0, USUAL_HEAP_MIB, 128, List.of(), Map.of());
  }

  public Settings withParts(Set<Part> only) {
    return new Settings(
        dataDir,
        only,
        dist,
        customaryPorts,
        httpPort,
        neo4jHeapMiB,
        s3HeapMiB,
        appJvm,
        appEnvironment);
  }

  /** The stores and the app. */
  public Settings withApp() {
    return withParts(EnumSet.allOf(Part.class));
  }

  public Settings withCustomaryPorts(int insistOnHttp) {
    return new Settings(
        dataDir, parts, dist, true, insistOnHttp, neo4jHeapMiB, s3HeapMiB, appJvm, appEnvironment);
  }

  public Settings withNeo4jHeapMiB(int heap) {
    return new Settings(
        dataDir, parts, dist, customaryPorts, httpPort, heap, s3HeapMiB, appJvm, appEnvironment);
  }

  public Settings withAppJvm(List<String> options) {
    return new Settings(
        dataDir,
        parts,
        dist,
        customaryPorts,
        httpPort,
        neo4jHeapMiB,
        s3HeapMiB,
        options,
        appEnvironment);
  }

  public Settings withAppEnvironment(Map<String, String> variables) {
    return new Settings(
        dataDir, parts, dist, customaryPorts, httpPort, neo4jHeapMiB, s3HeapMiB, appJvm, variables);
  }
}
