package dev.germline.app.weights;

import static org.awaitility.Awaitility.await;

import dev.germline.embedded.stores.MysqlEndpoint;
import dev.germline.embedded.stores.S3Endpoint;
import dev.germline.testing.TestStores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A further process on the stores of a test, to be killed in the middle of its work. */
final class Killed {
  private static final Duration WITHIN = Duration.ofSeconds(60);
  private static final Duration LOOKED_AT_EVERY = Duration.ofMillis(2);

  private Killed() {}

  /**
   * Starts it.
   *
   * @param main is told where the stores are, and then {@code what}
   */
  static Process start(Class<?> main, MysqlEndpoint mysql, String what) throws IOException {
    S3Endpoint s3 = TestStores.s3();
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "--add-modules=jdk.incubator.vector",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName(),
            mysql.url(),
            mysql.user(),
            mysql.password(),
            s3.uri().toString(),
            s3.accessKey(),
            s3.secretKey(),
            s3.bucket(),
            what)
        .inheritIO()
        .start();
  }

  /** Kills it once something is so; 1 if it had not ended by itself before. */
  static int once(Process process, BooleanSupplier when) throws InterruptedException {
    await()
        .atMost(WITHIN)
        .pollInterval(LOOKED_AT_EVERY)
        .until(() -> when.getAsBoolean() || !process.isAlive());
    boolean alive = process.isAlive();
    process.destroyForcibly().waitFor();
    return alive ? 1 : 0;
  }
}
