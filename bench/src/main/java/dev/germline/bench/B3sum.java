package dev.germline.bench;

import dev.germline.core.substrate.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The reference implementation's command line. */
final class B3sum {
  private final Path program;

  /** What the process costs without anything to hash. */
  private final double startSeconds;

  private B3sum(Path program) throws IOException, InterruptedException {
    this.program = program;
    Path empty = Files.createTempFile("germline-bench-", ".empty");
    try {
      double[] starts = new double[9];
      for (int i = 0; i < starts.length; i++) {
        starts[i] = run(empty, 1).seconds();
      }
      this.startSeconds = Timing.median(starts);
    } finally {
      Files.delete(empty);
    }
  }

  /** The one on the path, if there is one. */
  static Optional<B3sum> find() throws IOException, InterruptedException {
    Optional<Path> program =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
            .map(folder -> Path.of(folder, "b3sum"))
            .filter(Files::isExecutable)
            .findFirst();
    return program.isPresent() ? Optional.of(new B3sum(program.get())) : Optional.empty();
  }

  /** How long it takes over a file, without the start of the process. */
  double seconds(Path file, int threads, Digest expected) throws IOException, InterruptedException {
    Run run = run(file, threads);
    if (!run.output().equals(expected.toHex())) {
      throw new IllegalStateException("b3sum says " + run.output() + ", not " + expected);
    }
    return run.seconds() - startSeconds;
  }

  private record Run(String output, double seconds) {}

  private Run run(Path file, int threads) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--no-names",
                "--num-threads",
                Integer.toString(threads),
                file.toString())
            .redirectErrorStream(true)
            .start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    int status = process.waitFor();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (status != 0) {
      throw new IOException("b3sum ended with " + status + ": " + output);
    }
    return new Run(output, seconds);
  }
}
