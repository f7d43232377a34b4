package dev.germline.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Random;

/** The app's heap while the command line pushes a large file, all as a user runs it. */
final class PushBench {
  private static final long FILE_MIB = 2048;
  private static final double MIB = 1 << 20;

  private PushBench() {}

  static void run(Report report, Path root) throws Exception {
    Path data = Files.createTempDirectory("germline-bench-push");
    Path file = Files.createTempFile("germline-bench", ".bin");
    try {
      fill(file);
      Installation germline = new Installation(root, data);
      germline.run("up", "-d");
      try (HeapWatch watch = new HeapWatch(germline)) {
        long start = System.nanoTime();
        germline.run(
            "push", "bench/large@1.0.0", file.toString(), "--manifest", manifest(data).toString());
        double seconds = (System.nanoTime() - start) / 1e9;
        report.add(
            "peakHeapMiB", watch.peak() / MIB, "MiB", "the heap's maximum", watch.max() / MIB);
        report.add("pushMiBs", FILE_MIB / seconds, "MiB/s", "copying the file", copy(file));
      } finally {
        germline.run("down");
      }
    } finally {
      Files.deleteIfExists(file);
      Trees.delete(data);
    }
  }

  private static Path manifest(Path data) throws IOException {
    return Files.writeString(
        data.resolve("bench-layer.json"),
        """
        {"type": "foundation",
         "description": "Two GiB of noise",
         "baseModel": {"family": "custom", "architecture": "noise", "size": "small",
                       "contextWindow": 1, "parameterCount": 1},
         "pretraining": {}}
        """);
  }

  private static void fill(Path file) throws IOException {
    byte[] block = new byte[1 << 20];
    Random random = new Random(1);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < FILE_MIB; i++) {
        random.nextBytes(block);
        out.write(block);
      }
    }
  }

  private static double copy(Path file) throws IOException {
    Path copy = Files.createTempFile("germline-bench", ".copy");
    long start = System.nanoTime();
    try {
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(copy);
    }
    return FILE_MIB / ((System.nanoTime() - start) / 1e9);
  }
}
