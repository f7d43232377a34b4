package dev.germline.embedded.launcher;

import java.nio.file.Path;

/** How people get into Neo4j Browser. */
final class BrowserHint {
  private BrowserHint() {}

  /** One line, without the password itself: terminals are watched and logs are kept. */
  static String of(Path dataDir) {
    return "Neo4j Browser: user reader (reads only), password: neo4jReaderPassword in %s"
        .formatted(dataDir.resolve("secrets.json"));
  }
}
