package dev.germline.app.blobs;

import static dev.germline.app.blobs.BlobServer.ANNA;
import static dev.germline.app.blobs.BlobServer.BEN;
import static dev.germline.app.blobs.BlobServer.PART;
import static dev.germline.app.blobs.BlobServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.app.sql.Database;
import dev.germline.blobstore.BlobStore;
import dev.germline.blobstore.weights.WeightStore;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.ContentDigest;
import dev.germline.core.weights.FileDigests;
import dev.germline.core.weights.Tenant;
import dev.germline.embedded.stores.MysqlEndpoint;
import dev.germline.testing.TestStores;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Receiving blobs, from the outside. Every test takes bytes of its own. */
class BlobApiIT {
  private static final MysqlEndpoint MYSQL = TestStores.freshMysqlDatabase();
  private static final BlobServer SERVER = new BlobServer(MYSQL, TestStores.s3());

  @AfterAll
  static void end() {
    SERVER.close();
  }

  @Test
  void aBlobSentInOneRequestIsHeldByWhoSentIt() throws IOException {
    for (int size : List.of(1, 1000, 2 * PART + 77)) {
      byte[] bytes = bytes(size, size);
      FileDigests.Result expected = FileDigests.of(bytes);

      HttpResponse<String> response = SERVER.put(ANNA, expected.blake3(), bytes);

      assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
      assertThat(json(response).get("blake3").asText()).isEqualTo(expected.blake3().toHex());
      assertThat(json(response).get("sha256").asText()).isEqualTo(expected.sha256().toHex());
      assertThat(json(response).get("sha1").asText()).isEqualTo(expected.gitSha1().hex());
      assertThat(json(response).get("sizeBytes").asLong()).isEqualTo(size);
      assertThat(SERVER.head(ANNA, expected.blake3()).statusCode()).isEqualTo(200);
      assertThat(SERVER.intact(expected.blake3())).isTrue();
    }
  }

  @Test
  void knowingAHashGivesNoAccess() {
    byte[] bytes = bytes(50, 100);
    Digest blake3 = FileDigests.of(bytes).blake3();
    SERVER.put(ANNA, blake3, bytes);

    HttpResponse<String> head = SERVER.head(BEN, blake3);

    assertThat(head.statusCode()).isEqualTo(404);
    assertThat(head.headers().firstValue("Upload-Offset")).hasValue("0");
    Blobs blobs = SERVER.bean(Blobs.class);
    assertThat(blobs.requireHeld(ANNA, List.of(blake3, blake3))).hasSize(2);
    assertThatThrownBy(() -> blobs.requireHeld(BEN, List.of(blake3)))
        .isInstanceOfSatisfying(
            GermlineException.class,
            refused -> {
              assertThat(refused.fault()).isEqualTo(Fault.BLOB_NOT_FOUND);
              assertThat(refused.detail()).contains(blake3.toHex());
            });
    SERVER.put(BEN, blake3, bytes);
    assertThat(blobs.requireHeld(BEN, List.of(blake3))).hasSize(1);
  }

  @Test
  void aBlobIsSentAndFoundByItsSha256AsWell() throws IOException {
    byte[] bytes = bytes(55, 3 * PART + 9);
    FileDigests.Result digests = FileDigests.of(bytes);
    ContentDigest named = ContentDigest.sha256(digests.sha256());
    assertThat(SERVER.head(ANNA, named).statusCode()).isEqualTo(404);

    int reached = SERVER.breakOff(ANNA, named, bytes, 2 * PART);
    assertThat(SERVER.offset(BEN, named)).as("another's upload").isZero();
    HttpResponse<String> rest = SERVER.putRange(ANNA, named, bytes, reached, bytes.length);

    assertThat(rest.statusCode()).as(rest.body()).isEqualTo(201);
    assertThat(json(rest).get("blake3").asText()).isEqualTo(digests.blake3().toHex());
    assertThat(SERVER.intact(digests.blake3())).isTrue();
    for (Object name : List.of(named, digests.blake3())) {
      HttpResponse<String> head = SERVER.head(ANNA, name);
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.headers().firstValue("ETag")).hasValue("\"" + digests.blake3() + "\"");
      assertThat(SERVER.head(BEN, name).statusCode()).as("knowing a hash").isEqualTo(404);
    }
  }

  @Test
  void bytesThatHashOtherwiseAreRefusedAndLeaveNothing() {
    for (int size : List.of(100, 2 * PART + 1)) {
      byte[] bytes = bytes(60, size);
      FileDigests.Result other = FileDigests.of(bytes(61, size));
      List<ContentDigest> names =
          List.of(ContentDigest.blake3(other.blake3()), ContentDigest.sha256(other.sha256()));
      for (ContentDigest name : names) {
        HttpResponse<String> response =
            SERVER.put(ANNA, name.toString(), BodyPublishers.ofByteArray(bytes));

        assertProblem(response, 422, "HASH_MISMATCH");
        assertThat(SERVER.head(ANNA, name).statusCode()).isEqualTo(404);
      }
      assertThat(SERVER.exists(other.blake3())).isFalse();
    }
  }

  @Test
  void whatCannotBeABlobIsRefused() {
    Digest digest = FileDigests.of(bytes(70, 10)).blake3();
    assertProblem(SERVER.put(ANNA, digest.toHex(), BodyPublishers.noBody()), 422, "FILE_INVALID");
    assertProblem(
        SERVER.put(ANNA, "zz", BodyPublishers.ofByteArray(new byte[1])), 400, "INVALID_ID");
    assertProblem(
        SERVER.putRange(ANNA, digest, new byte[2 * PART], 0, PART), 400, "INVALID_REQUEST");
    assertProblem(
        SERVER.post(
            ANNA,
            "/api/v1/uploads",
            "{\"blake3\":\"" + digest + "\",\"sizeBytes\":" + (101L * PART) + "}"),
        413,
        "LIMIT_EXCEEDED");
  }

  @Test
  void aRefusalDoesNotWaitForTheBody() {
    byte[] bytes = bytes(75, 4 * PART);
    HttpRequest.Builder stranger =
        SERVER
            .request("/api/v1/blobs/" + FileDigests.of(bytes).blake3())
            .PUT(BodyPublishers.ofByteArray(bytes));
    assertThat(SERVER.send(stranger).statusCode()).isEqualTo(401);
    assertProblem(SERVER.put(ANNA, "zz", BodyPublishers.ofByteArray(bytes)), 400, "INVALID_ID");
  }

  @Test
  void anUploadThatBrokeOffGoesOnInAnotherProcess() {
    byte[] bytes = bytes(80, 4 * PART + 500);
    Digest blake3 = FileDigests.of(bytes).blake3();

    int reached = SERVER.breakOff(ANNA, blake3, bytes, 3 * PART);

    assertThat(reached).isBetween(PART, 3 * PART);
    try (BlobServer other = new BlobServer(MYSQL, TestStores.s3())) {
      assertThat(other.head(ANNA, blake3).statusCode()).isEqualTo(404);
      assertThat(other.offset(ANNA, blake3)).isEqualTo(reached);
      assertThat(other.offset(BEN, blake3)).isZero();

      HttpResponse<String> wrong = other.putRange(ANNA, blake3, bytes, reached + 1, bytes.length);
      assertProblem(wrong, 409, "UPLOAD_OFFSET_MISMATCH");
      assertThat(wrong.headers().firstValue("Upload-Offset")).hasValue("" + reached);
      assertProblem(
          other.putRange(ANNA, blake3, bytes, reached, bytes.length - 1), 400, "INVALID_REQUEST");

      HttpResponse<String> rest = other.putRange(ANNA, blake3, bytes, reached, bytes.length);
      assertThat(rest.statusCode()).as(rest.body()).isEqualTo(201);
      assertThat(other.intact(blake3)).isTrue();
    }
    assertThat(SERVER.head(ANNA, blake3).statusCode()).isEqualTo(200);
    assertThat(rows("streamed_uploads")).isZero();
  }

  @Test
  void aResumedUploadOfOtherBytesLeavesNothing() {
    byte[] bytes = bytes(90, 2 * PART + 500);
    Digest other = FileDigests.of(bytes(91, 2 * PART + 500)).blake3();
    int reached = SERVER.breakOff(ANNA, other, bytes, 2 * PART);

    assertProblem(SERVER.putRange(ANNA, other, bytes, reached, bytes.length), 422, "HASH_MISMATCH");

    assertThat(SERVER.exists(other)).isFalse();
    assertThat(SERVER.offset(ANNA, other)).isZero();
    assertThat(rows("streamed_uploads")).isZero();
  }

  @Test
  void whatIsThereAlreadyIsSaidToBe() {
    byte[] bytes = bytes(95, 1000);
    Digest blake3 = FileDigests.of(bytes).blake3();
    assertThat(SERVER.put(ANNA, blake3, bytes).statusCode()).isEqualTo(201);
    assertThat(SERVER.put(ANNA, blake3, bytes).statusCode()).isEqualTo(200);
  }

  @Test
  void tenantsDoNotSeeWhatOthersHave() {
    byte[] bytes = bytes(96, 1000);
    Digest blake3 = FileDigests.of(bytes).blake3();
    Caller elsewhere = new Caller("anna", Role.USER, new Tenant("elsewhere"));
    SERVER.put(ANNA, blake3, bytes);
    assertThat(SERVER.head(elsewhere, blake3).statusCode()).isEqualTo(404);
    assertThat(SERVER.put(elsewhere, blake3, bytes).statusCode()).isEqualTo(201);
    assertThat(SERVER.bean(Blobs.class).everywhere(blake3)).hasSize(2);
  }

  @Test
  void racingClientsBringOneBlobInOnePiece() throws Exception {
    byte[] bytes = bytes(110, 3 * PART + 9);
    Digest blake3 = FileDigests.of(bytes).blake3();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<HttpResponse<String>>> clients =
          Stream.of(ANNA, ANNA, BEN, BEN)
              .map(caller -> threads.submit(() -> SERVER.put(caller, blake3, bytes)))
              .toList();
      for (Future<HttpResponse<String>> client : clients) {
        assertThat(client.get().statusCode()).isBetween(200, 201);
      }
    }
    assertThat(SERVER.intact(blake3)).isTrue();
    assertThat(SERVER.head(ANNA, blake3).statusCode()).isEqualTo(200);
    assertThat(SERVER.head(BEN, blake3).statusCode()).isEqualTo(200);
    assertThat(rows("streamed_uploads")).isZero();
    assertThat(SERVER.bean(Blobs.class).everywhere(blake3)).hasSize(1);
  }

  @Test
  void partsCanBePutStraightIntoTheStore() throws IOException {
    byte[] bytes = bytes(120, PART + 321);
    FileDigests.Result expected = FileDigests.of(bytes);
    JsonNode begun = json(begin(expected.blake3(), bytes.length));
    String path = "/api/v1/uploads/" + begun.get("id").asText();
    assertThat(begun.get("parts")).hasSize(2);
    assertThat(begun.get("partSize").asInt()).isEqualTo(PART);

    putPart(begun.get("parts").get(1), bytes);
    assertProblem(SERVER.post(ANNA, path + "/complete", "{}"), 422, "FILE_INVALID");
    JsonNode state = json(SERVER.get(ANNA, path));
    assertThat(state.get("parts")).hasSize(1);
    assertThat(state.get("parts").get(0).get("number").asInt()).isEqualTo(2);
    assertProblem(SERVER.get(BEN, path), 404, "UPLOAD_NOT_FOUND");
    assertThat(json(begin(expected.blake3(), bytes.length)).get("id")).isEqualTo(begun.get("id"));

    putPart(begun.get("parts").get(0), bytes);
    HttpResponse<String> completed = SERVER.post(ANNA, path + "/complete", "{}");

    assertThat(completed.statusCode()).as(completed.body()).isEqualTo(201);
    assertThat(json(completed).get("sha256").asText()).isEqualTo(expected.sha256().toHex());
    assertThat(SERVER.intact(expected.blake3())).isTrue();
    assertThat(SERVER.head(ANNA, expected.blake3()).statusCode()).isEqualTo(200);
    assertThat(rows("presigned_uploads")).isZero();
  }

  @Test
  void otherBytesPutStraightIntoTheStoreAreNotBelieved() {
    byte[] bytes = bytes(130, 1000);
    Digest other = FileDigests.of(bytes(131, 1000)).blake3();
    JsonNode begun = json(begin(other, bytes.length));
    String path = "/api/v1/uploads/" + begun.get("id").asText();
    putPart(begun.get("parts").get(0), bytes);

    assertProblem(SERVER.post(ANNA, path + "/complete", "{}"), 422, "HASH_MISMATCH");

    assertThat(SERVER.exists(other)).isFalse();
    assertProblem(SERVER.get(ANNA, path), 404, "UPLOAD_NOT_FOUND");
  }

  @Test
  void anUploadCanBeGivenUp() {
    Digest blake3 = FileDigests.of(bytes(140, 1000)).blake3();
    String path = "/api/v1/uploads/" + json(begin(blake3, 1000)).get("id").asText();
    assertThat(SERVER.delete(ANNA, path).statusCode()).isEqualTo(204);
    assertProblem(SERVER.delete(ANNA, path), 404, "UPLOAD_NOT_FOUND");
  }

  @Test
  void uploadsThatExpiredAreSwept() {
    byte[] bytes = bytes(150, 3 * PART);
    Digest blake3 = FileDigests.of(bytes).blake3();
    int reached = SERVER.breakOff(BEN, blake3, bytes, 2 * PART);
    UploadSweeper early = sweeper(Duration.ofDays(6));
    UploadSweeper late = sweeper(Duration.ofDays(8));

    early.sweep();
    assertThat(SERVER.offset(BEN, blake3)).isEqualTo(reached);
    assertThat(late.sweep()).isPositive();
    assertThat(SERVER.offset(BEN, blake3)).isZero();
  }

  private static UploadSweeper sweeper(Duration later) {
    Clock clock = Clock.offset(Clock.systemUTC(), later);
    Database database = SERVER.bean(Database.class);
    BlobSettings settings = SERVER.bean(BlobSettings.class);
    Blobs blobs = SERVER.bean(Blobs.class);
    return new UploadSweeper(
        SERVER.bean(BlobStore.class),
        new StreamedUploads(
            blobs,
            SERVER.bean(WeightStore.class),
            database,
            settings,
            new UploadProgress(clock),
            clock),
        new PresignedUploads(
            blobs,
            SERVER.bean(BlobStore.class),
            database,
            settings,
            new UploadProgress(clock),
            clock),
        settings,
        clock);
  }

  private static HttpResponse<String> begin(Digest blake3, long size) {
    return SERVER.post(
        ANNA, "/api/v1/uploads", "{\"blake3\":\"" + blake3 + "\",\"sizeBytes\":" + size + "}");
  }

  private static void putPart(JsonNode part, byte[] bytes) {
    int offset = part.get("offset").asInt();
    byte[] piece = Arrays.copyOfRange(bytes, offset, offset + part.get("length").asInt());
    HttpResponse<String> response = SERVER.putPlain(part.get("url").asText(), piece);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  private static void assertProblem(HttpResponse<String> response, int status, String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(json(response).get("code").asText()).isEqualTo(code);
  }

  private static int rows(String table) {
    return SERVER
        .bean(Database.class)
        .read(connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            row.next();
            return row.getInt(1);
          }
        });
  }

  private static byte[] bytes(long seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
