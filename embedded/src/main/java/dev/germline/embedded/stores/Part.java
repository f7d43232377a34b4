package dev.germline.embedded.stores;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A child process of one machine's set. The word is what people type and what log files are called.
 */
public enum Part {
  NEO4J("Neo4j"),
  MARIADB("MariaDB"),
  S3("S3Proxy"),
  APP("Germline");

  private final String title;

  Part(String title) {
    this.title = title;
  }

  /** The name printed for people: {@code MariaDB}. */
  public String title() {
    return title;
  }

  /** The name in commands, files and JSON: {@code mariadb}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The part called {@code word}, if there is one. */
  public static Optional<Part> of(String word) {
    return Arrays.stream(values()).filter(part -> part.word().equals(word)).findFirst();
  }

  /** Everything but the app. */
  public static Set<Part> stores() {
    return EnumSet.of(NEO4J, MARIADB, S3);
  }
}
