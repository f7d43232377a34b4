package dev.germline.app.health;

import static dev.germline.app.layers.Samples.foundation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.app.TestApp;
import dev.germline.app.TestApp.Answer;
import dev.germline.embedded.stores.MysqlEndpoint;
import dev.germline.testing.Relay;
import dev.germline.testing.TestStores;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Each store hangs in its turn, which is worse than being away. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
final class HealthIT {
  private static final Duration RECOVERS_WITHIN = Duration.ofSeconds(60);

  private Relay mysql = Relay.to(port(URI.create(TestStores.mysql().url().substring(5))));
  private Relay neo4j = Relay.to(TestStores.neo4j().bolt().getPort());
  private Relay s3 = Relay.to(TestStores.s3().uri().getPort());
  private TestApp app = start();

  private TestApp start() {
    TestApp.stop();
    TestStores.wipe();
    MysqlEndpoint own = TestStores.freshMysqlDatabase();
    return TestApp.start(
        Map.of(
            "germline.mysql.url",
            own.url().replaceFirst(":\\d+/", ":" + mysql.port() + "/"),
            "germline.mysql.socket-timeout",
            "2s",
            "germline.neo4j.uri",
            "bolt://127.0.0.1:" + neo4j.port(),
            "germline.neo4j.call-timeout",
            "2s",
            "germline.s3.endpoint",
            "http://127.0.0.1:" + s3.port()));
  }

  private static int port(URI uri) {
    return uri.getPort();
  }

  @BeforeAll
  void published() {
    assertThat(app.as("ada").post("/api/v1/layers", foundation("health/a@1.0.0").json()).status())
        .isEqualTo(201);
  }

  @BeforeEach
  void allIsWell() {
    await()
        .atMost(RECOVERS_WITHIN)
        .until(() -> status(app.anonymous().get("/health")).equals("UP"));
  }

  @AfterAll
  void stop() {
    app.close();
    mysql.close();
    neo4j.close();
    s3.close();
  }

  @Test
  void everyStoreIsShownToWhoeverHasAToken() {
    JsonNode details = app.as("ada").get("/health").json().get("details");
    for (String store : new String[] {"mysql", "neo4j", "s3"}) {
      assertThat(details.get(store).get("status").asText()).as(store).isEqualTo("UP");
      assertThat(details.get(store).get("details").has("answeredInMs")).as(store).isTrue();
    }
    Answer anonymous = app.anonymous().get("/health");
    assertThat(anonymous.status()).isEqualTo(200);
    assertThat(anonymous.json().has("details")).as(anonymous.text()).isFalse();
  }

  @Test
  void withoutMySqlTheAppIsDownButAlive() {
    isDownButAliveWithout(mysql, "mysql");
  }

  @Test
  void withoutS3TheAppIsDownButAlive() {
    isDownButAliveWithout(s3, "s3");
  }

  private void isDownButAliveWithout(Relay relay, String store) {
    relay.fallSilent();
    try {
      await()
          .atMost(RECOVERS_WITHIN)
          .until(() -> status(app.anonymous().get("/health")).equals("DOWN"));
      long start = System.nanoTime();
      Answer health = app.as("ada").get("/health");
      assertThat(health.status()).isEqualTo(503);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isLessThan(StoreHealth.LIMIT.plusSeconds(2));
      assertThat(health.json().get("details").get(store).get("status").asText()).isEqualTo("DOWN");
      assertThat(health.json().get("details").get(store).get("details").get("why").asText())
          .isNotEmpty();
      assertThat(app.anonymous().get("/health/readiness").status()).isEqualTo(503);
      Answer alive = app.anonymous().get("/health/liveness");
      assertThat(alive.status()).isEqualTo(200);
      assertThat(status(alive)).isEqualTo("UP");
    } finally {
      relay.speakAgain();
    }
  }

  @Test
  void withoutNeo4jTheAppIsDegradedAndServes() {
    neo4j.fallSilent();
    try {
      await()
          .atMost(RECOVERS_WITHIN)
          .until(() -> status(app.anonymous().get("/health")).equals("DEGRADED"));
      Answer health = app.as("ada").get("/health");
      assertThat(health.status()).isEqualTo(200);
      JsonNode details = health.json().get("details");
      assertThat(details.get("neo4j").get("status").asText()).isEqualTo("DEGRADED");
      assertThat(details.get("mysql").get("status").asText()).isEqualTo("UP");
      assertThat(app.anonymous().get("/health/liveness").status()).isEqualTo(200);
      assertThat(app.as("ada").get("/api/v1/layers/health/a/1.0.0").status()).isEqualTo(200);
      assertThat(app.as("ada").get("/api/v1/layers/health/a/1.0.0/ancestors").status())
          .isEqualTo(503);
    } finally {
      neo4j.speakAgain();
    }
  }

  private static String status(Answer health) {
    return health.json().path("status").asText();
  }
}
