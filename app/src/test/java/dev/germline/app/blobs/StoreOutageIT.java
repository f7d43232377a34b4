package dev.germline.app.blobs;

import static dev.germline.app.blobs.BlobServer.ANNA;
import static dev.germline.app.blobs.BlobServer.PART;
import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.FileDigests;
import dev.germline.embedded.stores.Part;
import dev.germline.embedded.stores.Settings;
import dev.germline.embedded.stores.Stores;
import dev.germline.testing.TestStores;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The S3 server is killed in the middle of an upload. */
class StoreOutageIT {
  @TempDir Path data;

  @Test
  void anUploadGoesOnAfterTheStoreWasKilled() throws IOException {
    byte[] bytes = new byte[8 * PART + 5];
    new Random(1).nextBytes(bytes);
    Digest blake3 = FileDigests.of(bytes).blake3();
    Settings settings = Settings.stores(data).withParts(Set.of(Part.S3));
    try (Stores stores = Stores.start(settings);
        BlobServer server = new BlobServer(TestStores.freshMysqlDatabase(), stores.s3())) {
      int reached = server.breakOff(ANNA, blake3, bytes, 4 * PART);
      Thread push =
          Thread.startVirtualThread(
              () -> server.putRange(ANNA, blake3, bytes, reached, bytes.length));
      stores.kill(Part.S3);
      join(push);
      assertThat(server.put(ANNA, blake3, bytes).statusCode()).isEqualTo(503);

      stores.restart(Part.S3);
      HttpResponse<String> answer = server.head(ANNA, blake3);
      while (answer.statusCode() != 201 && answer.statusCode() != 200) {
        assertThat(answer.statusCode()).isIn(404, 409);
        int at = Integer.parseInt(answer.headers().firstValue("Upload-Offset").orElseThrow());
        assertThat(at).isGreaterThanOrEqualTo(reached);
        answer = server.putRange(ANNA, blake3, bytes, at, bytes.length);
      }

      assertThat(server.intact(blake3)).isTrue();
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
