package dev.germline.app.blobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.Digest;
import dev.germline.embedded.stores.MysqlEndpoint;
import dev.germline.testing.RealMysql;
import dev.germline.testing.TestStores;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every statement of the blobs' tables, on MySQL 9 itself. */
class BlobsOnRealMysqlIT {
  private static final int PART = BlobServer.PART;

  @Test
  void blobsAreReceivedWholeInPartsAndPresigned() {
    MysqlEndpoint mysql = TestStores.freshMysqlDatabase(RealMysql.require());
    try (BlobServer server = new BlobServer(mysql, TestStores.s3())) {
      byte[] small = bytes(10_000);
      Digest whole = Blake3.hash(small);
      assertThat(server.put(BlobServer.ANNA, whole, small).statusCode()).isEqualTo(201);
      assertThat(server.put(BlobServer.ANNA, whole, small).statusCode()).isEqualTo(200);
      assertThat(server.head(BlobServer.ANNA, whole).statusCode()).isEqualTo(200);
      assertThat(server.head(BlobServer.BEN, whole).statusCode()).isEqualTo(404);

      byte[] large = bytes(3 * PART + 1_000);
      Digest broken = Blake3.hash(large);
      int reached = server.breakOff(BlobServer.ANNA, broken, large, 2 * PART);
      assertThat(
              server.putRange(BlobServer.ANNA, broken, large, reached, large.length).statusCode())
          .isEqualTo(201);
      assertThat(server.intact(broken)).isTrue();

      byte[] straight = bytes(20_000);
      Digest presigned = Blake3.hash(straight);
      JsonNode upload =
          BlobServer.json(
              server.post(
                  BlobServer.BEN,
                  "/api/v1/uploads",
                  "{\"blake3\":\"%s\",\"sizeBytes\":%d}"
                      .formatted(presigned.toHex(), straight.length)));
      String path = "/api/v1/uploads/" + upload.get("id").asText();
      String url = upload.get("parts").get(0).get("url").asText();
      assertThat(server.putPlain(url, straight).statusCode()).isEqualTo(200);
      assertThat(server.get(BlobServer.BEN, path).statusCode()).isEqualTo(200);
      assertThat(server.post(BlobServer.BEN, path + "/complete", "{}").statusCode())
          .isBetween(200, 201);
      assertThat(server.head(BlobServer.BEN, presigned).statusCode()).isEqualTo(200);
    }
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
