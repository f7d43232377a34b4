package dev.germline.embedded.stores;

import java.nio.file.Path;

/**
 * Where the ahead-of-time cache of a jar lies. The JVM itself refuses a cache that another JVM or
 * another class path made; a cache of this name belongs to this version of both.
 */
public final class AotCache {
  private AotCache() {}

  /** The cache for {@code jar} under the JVM that runs us; it may not exist. */
  public static Path of(Path jar) {
    String key = Runtime.version().toString().replaceAll("[^0-9A-Za-z.]", "-");
    return jar.resolveSibling(
        jar.getFileName().toString().replaceFirst("\\.jar$", "")
            + "-"
            + key
            + "-"
            + Long.toHexString(jar.toFile().lastModified())
            + ".aot");
  }
}
