package dev.germline.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The app's heap while the command line pushes a large file, all as a user runs it. */
final class PushBench {
  private static final long FILE_MIB = 2048;
  private static final double MIB = 1 << 20;
  private static final Pattern USED = heap("jvm_memory_used_bytes");
  private static final Pattern MAX = heap("jvm_memory_max_bytes");

  private PushBench() {}

  static void run(Report report, Path root) throws Exception {
    Path data = Files.createTempDirectory("germline-bench-push");
    Path file = Files.createTempFile("germline-bench", ".bin");
    try {
      fill(file);
      germline(root, "up", "-d", "--data", data.toString()).finish();
      try {
        URI metrics = metrics(data);
        double max = sum(metrics, MAX);
        long start = System.nanoTime();
        Run push =
            germline(
                root,
                "push",
                "bench/large@1.0.0",
                file.toString(),
                "--type",
                "foundation",
                "--manifest",
                manifest(data).toString(),
                "--data",
                data.toString());
        double peak = 0;
        while (!push.process().waitFor(50, TimeUnit.MILLISECONDS)) {
          peak = Math.max(peak, sum(metrics, USED));
        }
        push.finish();
        double seconds = (System.nanoTime() - start) / 1e9;
        report.add("peakHeapMiB", peak / MIB, "MiB", "the heap's maximum", max / MIB);
        report.add("pushMiBs", FILE_MIB / seconds, "MiB/s", "copying the file", copy(file));
      } finally {
        germline(root, "down", "--data", data.toString()).finish();
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

  private record Run(String what, Process process, Path output) {
    void finish() throws Exception {
      int exit = process.waitFor();
      String said = Files.readString(output);
      Files.deleteIfExists(output);
      if (exit != 0) {
        throw new IllegalStateException(
            "germline %s ended with %d:%n%s".formatted(what, exit, said));
      }
    }
  }

  private static Run germline(Path root, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(root.resolve("germline").toString()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("germline-bench", ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(root.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new Run(arguments[0], process, output);
  }

  private static URI metrics(Path data) throws IOException {
    String url =
        new ObjectMapper().readTree(data.resolve("server.json").toFile()).get("url").asText();
    return URI.create(url + "/prometheus");
  }

  private static double sum(URI metrics, Pattern pattern) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      String body =
          client
              .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
              .body();
      double sum = 0;
      for (Matcher matcher = pattern.matcher(body); matcher.find(); ) {
        sum += Math.max(0, Double.parseDouble(matcher.group(1)));
      }
      return sum;
    }
  }

  private static Pattern heap(String metric) {
    return Pattern.compile("(?m)^" + metric + "\\{[^}]*area=\"heap\"[^}]*} (\\S+)$");
  }
}
