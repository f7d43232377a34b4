package dev.germline.app.blobs;

import static dev.germline.app.blobs.BlobServer.ANNA;
import static dev.germline.app.blobs.BlobServer.PART;
import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.blobstore.Listed;
import dev.germline.blobstore.Verdict;
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
    byte[] bytes = new byte[3 * PART + 5];
    new Random(1).nextBytes(bytes);
    FileDigests.Result expected = FileDigests.of(bytes);
    Settings settings = Settings.stores(data).withParts(Set.of(Part.S3));
    try (Stores stores = Stores.start(settings);
        BlobServer server = new BlobServer(TestStores.freshMysqlDatabase(), stores.s3())) {
      assertThat(server.putRange(ANNA, expected.blake3(), bytes, 0, PART).statusCode())
          .isEqualTo(202);
      Thread push =
          Thread.startVirtualThread(
              () -> server.putRange(ANNA, expected.blake3(), bytes, PART, bytes.length));
      stores.kill(Part.S3);
      join(push);
      assertThat(server.put(ANNA, expected.blake3(), bytes).statusCode()).isEqualTo(503);

      stores.restart(Part.S3);
      HttpResponse<String> answer = server.head(ANNA, expected.blake3());
      while (answer.statusCode() != 201 && answer.statusCode() != 200) {
        assertThat(answer.statusCode()).isIn(404, 409);
        int at = Integer.parseInt(answer.headers().firstValue("Upload-Offset").orElseThrow());
        answer = server.putRange(ANNA, expected.blake3(), bytes, at, bytes.length);
      }

      assertThat(server.store().verify(expected.blake3())).isEqualTo(new Verdict.Intact(expected));
      assertThat(server.store().list().filter(Listed.Blob.class::isInstance)).hasSize(1);
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
