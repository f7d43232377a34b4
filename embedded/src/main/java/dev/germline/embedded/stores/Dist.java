package dev.germline.embedded.stores;

import dev.germline.embedded.stores.Trouble.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The programs that the build assembled, found below the root of the source tree. */
public record Dist(Path root) {
  /**
   * The tree named by the system property {@code germline.root}, else the one around the current
   * directory.
   *
   * @throws Trouble NOT_BUILT if there is none
   */
  public static Dist locate() {
    String named = System.getProperty("germline.root");
    Path start = Path.of(named == null ? "" : named).toAbsolutePath().normalize();
    for (Path dir = start; dir != null; dir = dir.getParent()) {
      if (Files.exists(dir.resolve("embedded/neo4j/pom.xml"))) {
        return new Dist(dir);
      }
    }
    throw new Trouble(Kind.NOT_BUILT, "no Germline source tree around " + start);
  }

  Path neo4j() {
    return built(root.resolve("embedded/target/dist/neo4j/lib")).resolveSibling("");
  }

  Path s3proxyLib() {
    return built(root.resolve("embedded/target/dist/s3proxy/lib"));
  }

  Path mariadb() {
    return built(root.resolve("embedded/target/dist/mariadb"));
  }

  /** The app's jar; its {@code lib/} lies beside it. */
  public Path appJar() {
    return built(root.resolve("app/target/dist/app/germline-app.jar"));
  }

  /** The java launcher of the JVM that runs this. */
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** All jars of {@code lib} in a fixed order, as a class path. */
  static String classPath(Path lib) throws IOException {
    try (Stream<Path> jars = Files.list(lib)) {
      return jars.filter(jar -> jar.toString().endsWith(".jar"))
          .sorted()
          .map(Path::toString)
          .collect(Collectors.joining(java.io.File.pathSeparator));
    }
  }

  /** A java argument file: the command line of 225 jars is too long to read in {@code ps}. */
  static void writeArguments(Path file, List<String> arguments) throws IOException {
    Files.write(
        file,
        arguments.stream()
            .map(a -> '"' + a.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
            .toList());
  }

  private static Path built(Path path) {
    if (!Files.exists(path)) {
      throw new Trouble(
          Kind.NOT_BUILT, path + " is missing: build it with ./mvnw -DskipTests package");
    }
    return path;
  }
}
