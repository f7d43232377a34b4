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

  /**
   * The cache of the program in {@code folder} under the JVM that runs us; it may not exist.
   *
   * @param folder holds {@code lib/} with jars, and perhaps jars itself
   */
  static Path of(Path folder) throws IOException {
    StringBuilder key = new StringBuilder(Runtime.version().toString());
    for (Path place : List.of(folder, folder.resolve("lib"))) {
      try (Stream<Path> files = Files.list(place)) {
        for (Path jar : files.filter(AotCache::isJar).sorted().toList()) {
          describe(jar, key);
        }
      }
    }
    CRC32C sum = new CRC32C();
    sum.update(key.toString().getBytes(StandardCharsets.UTF_8));
    return folder.resolve("start-" + Long.toHexString(sum.getValue()) + ".aot");
  }

  /** The JVM option that uses the cache, if there is one. */
  static List<String> option(Path folder) throws IOException {
    Path cache = of(folder);
    return Files.exists(cache) ? List.of("-XX:AOTCache=" + cache) : List.of();
  }

  /** Caches that fitted earlier builds. */
  static List<Path> others(Path current) throws IOException {
    try (Stream<Path> files = Files.list(current.resolveSibling(""))) {
      return files
          .filter(file -> file.getFileName().toString().matches("start-[0-9a-f]+\\.aot"))
          .filter(file -> !file.equals(current))
          .toList();
    }
  }

  private static boolean isJar(Path file) {
    return file.toString().endsWith(".jar");
  }

  private static void describe(Path file, StringBuilder key) throws IOException {
    key.append('|').append(file.getFileName());
    key.append(' ').append(Files.size(file)).append(' ').append(Files.getLastModifiedTime(file));
  }
}
