package dev.germline.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minio.GetObjectArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * {@code germline push} and {@code pull} of a 1 GiB safetensors file, beside putting and getting
 * the same file as it is with the MinIO client in the same S3 server, in turns. Pulled twice: right
 * after the push, when the app has in its local cache what was pushed, and once more with the cache
 * emptied, when every frame comes from S3.
 */
final class TransferBench {
  private static final int ROUNDS = 5;
  private static final int TENSORS = 64;
  private static final int ROWS = 2048;
  private static final int COLUMNS = 4096;
  private static final int PART = 16 << 20;
  private static final double MIB = 1 << 20;

  private TransferBench() {}

  static void run(Report report, Path root) throws Exception {
    Path data = Files.createTempDirectory("germline-bench-transfer");
    Path file = data.resolve("model.safetensors");
    Path back = data.resolve("back");
    try {
      Installation germline = new Installation(root, data.resolve("data"));
      germline.run("up", "-d");
      try (MinioClient s3 = client(data.resolve("data"))) {
        double[] push = new double[ROUNDS];
        double[] pull = new double[ROUNDS];
        double[] cold = new double[ROUNDS];
        double[] put = new double[ROUNDS];
        double[] get = new double[ROUNDS];
        double heap = 0;
        for (int turn = 0; turn <= ROUNDS; turn++) {
          // Other weights each time: the same ones would be known already.
          write(file, turn);
          String name = "bench/transfer@1.0." + turn;
          String key = "bench/raw-" + turn;
          Path manifest = manifest(data);
          int round =
              Math.max(0, turn - 1); // what the first, of servers just started, took is lost
          try (HeapWatch watch = new HeapWatch(germline)) {
            inTurn(
                turn,
                () -> put[round] = seconds(() -> put(s3, key, file)),
                () ->
                    push[round] =
                        seconds(() ->
                            germline.run(
                                "push", name, file.toString(), "--manifest", manifest.toString())));
            inTurn(
                turn,
                () -> get[round] = get(s3, key, file, back),
                () -> pull[round] = pull(germline, name, file, back));
            empty(data.resolve("data/app/cache"));
            cold[round] = pull(germline, name, file, back);
            heap = Math.max(heap, watch.peak());
          }
        }
        double size = Files.size(file) / MIB;
        report.add("pushVsRawPut", median(push) / median(put), "×", "at most", 1.1);
        report.add("pullVsRawGet", median(pull) / median(get), "×", "at most", 1.1);
        report.add(
            "pullColdVsRawGet",
            median(cold) / median(get),
            "×",
            "from the cache",
            median(pull) / median(get));
        report.add("pushMiBs", size / median(push), "MiB/s", "raw put", size / median(put));
        report.add("pullMiBs", size / median(pull), "MiB/s", "raw get", size / median(get));
        report.add("pullColdMiBs", size / median(cold), "MiB/s", "raw get", size / median(get));
        report.add("appHeapMiB", heap / MIB, "MiB", "at most", 384);
      } finally {
        germline.run("down");
      }
    } finally {
      Trees.delete(data);
    }
  }

  /** Both, now the one first and now the other: who comes first finds the disk at rest. */
  private static void inTurn(int turn, Callable<?> one, Callable<?> other) throws Exception {
    (turn % 2 == 0 ? one : other).call();
    (turn % 2 == 0 ? other : one).call();
  }

  /** How long a pull takes. */
  private static double pull(Installation germline, String name, Path file, Path back)
      throws Exception {
    double seconds = seconds(() -> germline.run("pull", name, back.toString()));
    compareAndDelete(file, back);
    return seconds;
  }

  /** How long a get takes. */
  private static double get(MinioClient s3, String key, Path file, Path back) throws Exception {
    Files.createDirectories(back);
    double seconds = seconds(() -> get(s3, key, back.resolve(file.getFileName())));
    compareAndDelete(file, back);
    return seconds;
  }

  /** What came must be what was sent; the next one finds as much memory free for its file. */
  private static void compareAndDelete(Path file, Path back) throws IOException {
    if (Files.mismatch(file, back.resolve(file.getFileName())) >= 0) {
      throw new IllegalStateException("what came back is not what was sent");
    }
    Trees.delete(back);
  }

  /** Deletes the files of the app's cache, which takes that as a miss. */
  private static void empty(Path cache) throws IOException {
    try (Stream<Path> files = Files.walk(cache)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
  }

  private static MinioClient client(Path data) throws IOException {
    JsonNode server = new ObjectMapper().readTree(data.resolve("server.json").toFile());
    JsonNode secrets = new ObjectMapper().readTree(data.resolve("secrets.json").toFile());
    return MinioClient.builder()
        .endpoint(server.get("s3").asText())
        .region("us-east-1")
        .credentials(secrets.get("s3AccessKey").asText(), secrets.get("s3SecretKey").asText())
        .build();
  }

  private static Object put(MinioClient s3, String key, Path file) throws Exception {
    try (InputStream in = Files.newInputStream(file)) {
      return s3.putObject(
          PutObjectArgs.builder().bucket("germline").object(key).stream(
                  in, Files.size(file), (long) PART)
              .build());
    }
  }

  private static Object get(MinioClient s3, String key, Path target) throws Exception {
    try (InputStream in =
        s3.getObject(GetObjectArgs.builder().bucket("germline").object(key).build())) {
      return Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static Path manifest(Path data) throws IOException {
    return Files.writeString(
        data.resolve("layer.json"),
        """
        {"type": "foundation",
         "baseModel": {"family": "custom", "architecture": "noise", "size": "small",
                       "contextWindow": 1, "parameterCount": 1},
         "pretraining": {}}
        """);
  }

  /** Weights in bf16 that are spread about like those of models: their ratio is about .66. */
  private static void write(Path file, int seed) throws IOException {
    long tensor = 2L * ROWS * COLUMNS;
    StringBuilder header = new StringBuilder("{");
    for (int t = 0; t < TENSORS; t++) {
      header
          .append(t == 0 ? "" : ",")
          .append(
              "\"layers.%d.weight\":{\"dtype\":\"BF16\",\"shape\":[%d,%d],\"data_offsets\":[%d,%d]}"
                  .formatted(t, ROWS, COLUMNS, t * tensor, (t + 1) * tensor));
    }
    byte[] json = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
    SplittableRandom random = new SplittableRandom(seed);
    ByteBuffer row = ByteBuffer.allocate(2 * COLUMNS).order(ByteOrder.LITTLE_ENDIAN);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).array());
      out.write(json);
      for (int r = 0; r < TENSORS * ROWS; r++) {
        row.clear();
        for (int c = 0; c < COLUMNS; c++) {
          double about =
              random.nextDouble() + random.nextDouble() + random.nextDouble() + random.nextDouble();
          row.putShort((short) (Float.floatToIntBits((float) ((about - 2) * 0.03)) >>> 16));
        }
        out.write(row.array());
      }
    }
  }

  private static double seconds(Callable<?> work) throws Exception {
    long start = System.nanoTime();
    work.call();
    return (System.nanoTime() - start) / 1e9;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
