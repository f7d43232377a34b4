package dev.germline.blobstore.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.embedded.stores.S3Endpoint;
import dev.germline.testing.TestStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MemoryBoundIT {
  /**
   * Six uploads of 96 MiB by a process that may have 208 MiB of heap: 64 MiB for uploads, two
   * segments of 20 MiB, and what two threads encode with.
   */
  @Test
  void uploadsTogetherStayWithinTheirBuffers() throws IOException, InterruptedException {
    S3Endpoint s3 = TestStores.s3();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx208m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                ConcurrentPuts.class.getName(),
                s3.uri().toString(),
                s3.accessKey(),
                s3.secretKey(),
                s3.bucket(),
                "6",
                Long.toString(96L << 20))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("stored");
  }
}
