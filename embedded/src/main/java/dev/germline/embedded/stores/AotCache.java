package dev.germline.embedded.stores;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Where the ahead-of-time cache of a program lies: beside its jar, under a name that changes with
 * the JVM, the jar and its {@code lib/}. The JVM checks the same and ignores a cache that does not
 * fit.
 */
final class AotCache {
  private AotCache() {}

  /** The cache for {@code jar} under the JVM that runs us; it may not exist. */
  static Path of(Path jar) throws IOException {
    StringBuilder key = new StringBuilder(Runtime.version().toString());
    describe(jar, key);
    Path lib = jar.resolveSibling("lib");
    if (Files.isDirectory(lib)) {
      try (Stream<Path> jars = Files.list(lib)) {
        for (Path each : jars.sorted().toList()) {
          describe(each, key);
        }
      }
    }
    CRC32C sum = new CRC32C();
    sum.update(key.toString().getBytes(StandardCharsets.UTF_8));
    return jar.resolveSibling(stem(jar) + "-" + Long.toHexString(sum.getValue()) + ".aot");
  }

  /** Caches that fitted earlier builds. */
  static List<Path> others(Path jar, Path current) throws IOException {
    try (Stream<Path> files = Files.list(current.resolveSibling(""))) {
      return files
          .filter(file -> file.getFileName().toString().matches(stem(jar) + "-[0-9a-f]+\\.aot"))
          .filter(file -> !file.equals(current))
          .toList();
    }
  }

  private static String stem(Path jar) {
    return jar.getFileName().toString().replaceFirst("\\.jar$", "");
  }

  private static void describe(Path file, StringBuilder key) throws IOException {
    key.append('|').append(file.getFileName());
    key.append(' ').append(Files.size(file)).append(' ').append(Files.getLastModifiedTime(file));
  }
}
