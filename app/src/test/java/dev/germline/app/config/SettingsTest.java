package dev.germline.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.blobstore.s3.S3Target;
import dev.germline.blobstore.segment.SegmentSettings;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.MapPropertySource;
import io.micronaut.context.env.PropertySource;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

final class SettingsTest {
  @Test
  void everyKeyOfOursAndItsDefault() throws IOException {
    assertThat(ours())
        .containsExactlyInAnyOrderEntriesOf(
            new TreeMap<>(
                Map.ofEntries(
                    Map.entry("germline.dev", "${GERMLINE_DEV:false}"),
                    Map.entry("germline.mysql.url", "${GERMLINE_MYSQL_URL:}"),
                    Map.entry("germline.mysql.user", "${GERMLINE_MYSQL_USER:germline}"),
                    Map.entry("germline.mysql.password", "${GERMLINE_MYSQL_PASSWORD:}"),
                    Map.entry("germline.mysql.pool-size", "24"),
                    Map.entry("germline.mysql.connect-timeout", "5s"),
                    Map.entry("germline.mysql.socket-timeout", "60s"),
                    Map.entry("germline.neo4j.uri", "${GERMLINE_NEO4J_URI:}"),
                    Map.entry("germline.neo4j.user", "${GERMLINE_NEO4J_USER:neo4j}"),
                    Map.entry("germline.neo4j.password", "${GERMLINE_NEO4J_PASSWORD:}"),
                    Map.entry("germline.neo4j.pool-size", "24"),
                    Map.entry("germline.neo4j.connect-timeout", "2s"),
                    Map.entry("germline.neo4j.acquire-timeout", "5s"),
                    Map.entry("germline.neo4j.call-timeout", "15s"),
                    Map.entry("germline.s3.endpoint", "${GERMLINE_S3_ENDPOINT:}"),
                    Map.entry("germline.s3.public-endpoint", "${GERMLINE_S3_PUBLIC_ENDPOINT:}"),
                    Map.entry("germline.s3.access-key", "${GERMLINE_S3_ACCESS_KEY:}"),
                    Map.entry("germline.s3.secret-key", "${GERMLINE_S3_SECRET_KEY:}"),
                    Map.entry("germline.s3.bucket", "${GERMLINE_S3_BUCKET:germline}"),
                    Map.entry("germline.blobs.max-size", "167772160000"),
                    Map.entry("germline.blobs.part-size", "16777216"),
                    Map.entry("germline.blobs.buffer-bytes", "33554432"),
                    Map.entry("germline.blobs.upload-memory", "67108864"),
                    Map.entry("germline.blobs.download-memory", "41943040"),
                    Map.entry("germline.blobs.buffer-wait", "60s"),
                    Map.entry("germline.blobs.resumable-from", "33554432"),
                    Map.entry("germline.blobs.upload-lifetime", "P7D"),
                    Map.entry("germline.blobs.url-lifetime", "PT12H"),
                    Map.entry("germline.blobs.sweep-every", "1h"),
                    Map.entry("germline.segments.write-quorum", "${GERMLINE_WRITE_QUORUM:0}"),
                    Map.entry("germline.segments.target-bytes", "16777216"),
                    Map.entry("germline.segments.buffers", "3"),
                    Map.entry("germline.segments.buffer-wait", "60s"),
                    Map.entry("germline.segments.cache-directory", "${GERMLINE_CACHE_DIR:}"),
                    Map.entry("germline.segments.cache-bytes", "${GERMLINE_CACHE_BYTES:0}"),
                    Map.entry("germline.preload.every", "1h"),
                    Map.entry("germline.preload.window", "P7D"),
                    Map.entry("germline.preload.cache-share", "0.5"),
                    Map.entry("germline.scrub.every", "1h"),
                    Map.entry("germline.scrub.interval", "P14D"),
                    Map.entry("germline.scrub.bytes-per-second", "20971520"),
                    Map.entry("germline.collection.every", "6h"),
                    Map.entry("germline.collection.grace", "P7D"),
                    Map.entry("germline.collection.condemned-for", "1h"),
                    Map.entry("germline.metrics.retention", "P730D"),
                    Map.entry("germline.metrics.partitions-ahead", "3"),
                    Map.entry("germline.metrics.maintain-every", "1h"),
                    Map.entry("germline.metrics.clock-skew", "10m"),
                    Map.entry("germline.metrics.batch-rows", "20000"),
                    Map.entry("germline.metrics.batch-bytes", "8388608"),
                    Map.entry("germline.metrics.batch-time", "60s"),
                    Map.entry("germline.metrics.batches-at-once", "8"),
                    Map.entry("germline.metrics.key-lifetime", "P7D"),
                    Map.entry("germline.compatibility.conflict-severity", "0.7"),
                    Map.entry("germline.compatibility.most-versions", "20000"),
                    Map.entry("germline.sharing.region", "${GERMLINE_REGION:}"),
                    Map.entry("germline.sharing.harness", "${GERMLINE_BENCHMARK_HARNESS:}"),
                    Map.entry("germline.sharing.harness-timeout", "5m"),
                    Map.entry("germline.sharing.harness-tolerance", "0.02"),
                    Map.entry("germline.sharing.most-dependents", "10000"),
                    Map.entry("germline.sharing.notices-every", "30s"),
                    Map.entry("germline.sharing.notices-kept", "365d"),
                    Map.entry("germline.sharing.revoked-reads-kept", "1096d"),
                    Map.entry("germline.sharing.reports-kept", "100"),
                    Map.entry("germline.encryption.enabled", "${GERMLINE_ENCRYPTION:}"),
                    Map.entry("germline.encryption.master-keys", "${GERMLINE_MASTER_KEYS:}"),
                    Map.entry("germline.encryption.data-key-lifetime", "P90D"),
                    Map.entry("germline.identity.jwt-secret", "${GERMLINE_JWT_SECRET:}"),
                    Map.entry(
                        "germline.identity.admin-token-file", "${GERMLINE_ADMIN_TOKEN_FILE:}"),
                    Map.entry("germline.identity.admin-token-lifetime", "P365D"),
                    Map.entry("germline.identity.default-lifetime", "P1D"),
                    Map.entry("germline.identity.longest-lifetime", "P366D"),
                    Map.entry("germline.ledger.max-group", "256"),
                    Map.entry("germline.ledger.max-waiting", "4096"),
                    Map.entry("germline.ledger.commit-timeout", "30s"),
                    Map.entry("germline.ledger.visible-timeout", "5s"),
                    Map.entry("germline.ledger.max-projection-lag", "100000"),
                    Map.entry("germline.graphql.max-depth", "16"),
                    Map.entry("germline.graphql.max-cost", "20000"),
                    Map.entry("germline.graphql.max-page", "200"),
                    Map.entry("germline.graphql.max-tokens", "5000"),
                    Map.entry("germline.graphql.max-characters", "65536"),
                    Map.entry("germline.graphql.timeout", "15s"),
                    Map.entry("germline.graphql.max-streams", "256"),
                    Map.entry("germline.graphql.max-streams-per-caller", "8"),
                    Map.entry("germline.graphql.stream-lifetime", "1h"),
                    Map.entry("germline.graphql.look-every", "500ms"),
                    Map.entry("germline.graphql.graphiql", "${GERMLINE_GRAPHIQL:}"),
                    Map.entry("germline.device.key", "${GERMLINE_DEVICE_KEY:}"),
                    Map.entry("germline.device.key-file", "${GERMLINE_DEVICE_KEY_FILE:}"))));
  }

  @Test
  void theRecordsReadTheirKeys() {
    try (ApplicationContext context =
        ApplicationContext.builder()
            .deduceEnvironment(false)
            .banner(false)
            .properties(
                Map.of(
                    "germline.dev", "true",
                    "germline.mysql.url", "jdbc:mysql://db:3306/germline",
                    "germline.neo4j.uri", "bolt://graph:7687",
                    "germline.s3.endpoint", "http://bytes:9000",
                    "germline.identity.jwt-secret", "ab".repeat(32),
                    "germline.device.key-file", "/keys/device.pem"))
            .start()) {
      assertThat(context.getBean(RuntimeSettings.class)).isEqualTo(new RuntimeSettings(true));
      assertThat(context.getBean(MySqlSettings.class))
          .isEqualTo(
              new MySqlSettings(
                  "jdbc:mysql://db:3306/germline",
                  "germline",
                  "",
                  24,
                  Duration.ofSeconds(5),
                  Duration.ofSeconds(60)));
      assertThat(context.getBean(Neo4jSettings.class))
          .isEqualTo(
              new Neo4jSettings(
                  "bolt://graph:7687",
                  "neo4j",
                  "",
                  24,
                  Duration.ofSeconds(2),
                  Duration.ofSeconds(5),
                  Duration.ofSeconds(15)));
      assertThat(context.getBean(S3Settings.class))
          .isEqualTo(new S3Settings("http://bytes:9000", Optional.empty(), "", "", "germline"));
      assertThat(context.getBean(IdentitySettings.class))
          .isEqualTo(
              new IdentitySettings(
                  Optional.of("ab".repeat(32)),
                  Optional.empty(),
                  Duration.ofDays(365),
                  Duration.ofDays(1),
                  Duration.ofDays(366)));
      assertThat(context.getBean(SegmentsSettings.class))
          .isEqualTo(
              new SegmentsSettings(0, 16 << 20, 3, Duration.ofSeconds(60), Optional.empty(), 0));
      assertThat(context.getBean(ScrubSettings.class))
          .isEqualTo(new ScrubSettings(Duration.ofHours(1), Duration.ofDays(14), 20 << 20));
      assertThat(context.getBeansOfType(ReplicaSettings.class)).isEmpty();
      assertThat(context.getBean(EncryptionSettings.class))
          .isEqualTo(
              new EncryptionSettings(Optional.empty(), Optional.empty(), Duration.ofDays(90)));
      assertThat(context.getBean(DeviceSettings.class))
          .isEqualTo(new DeviceSettings(Optional.empty(), Optional.of("/keys/device.pem")));
    }
  }

  @Test
  void whatIsMissingOrWrongIsNamed() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new MySqlSettings("", "u", "p", 1, second, second))
        .isInstanceOf(StartRefused.class)
        .hasMessageStartingWith("GERMLINE_MYSQL_URL is not set");
    assertThatThrownBy(() -> new MySqlSettings("jdbc:h2:mem", "u", "p", 1, second, second))
        .hasMessageStartingWith("GERMLINE_MYSQL_URL must start with jdbc:mysql://");
    assertThatThrownBy(
            () -> new MySqlSettings("jdbc:mysql://db/germline", "u", "p", 1, second, Duration.ZERO))
        .hasMessageStartingWith("germline.mysql.socket-timeout");
    assertThatThrownBy(() -> identity("not hex")).hasMessageContaining("GERMLINE_JWT_SECRET");
    assertThatThrownBy(() -> identity("abcd")).hasMessageContaining("has 2 bytes and needs 32");
  }

  @Test
  void replicasComeFromTheEnvironmentInTheOrderOfTheirNames() {
    try (ApplicationContext context =
        ApplicationContext.builder()
            .deduceEnvironment(false)
            .banner(false)
            .propertySources(
                environment(
                    Map.of(
                        "GERMLINE_S3_ENDPOINT", "http://one:9000",
                        "GERMLINE_REPLICAS_2_ENDPOINT", "http://three:9000",
                        "GERMLINE_REPLICAS_1_ENDPOINT", "http://two:9000",
                        "GERMLINE_REPLICAS_1_ACCESS_KEY", "key",
                        "GERMLINE_REPLICAS_1_SECRET_KEY", "secret",
                        "GERMLINE_REPLICAS_1_BUCKET", "weights",
                        "GERMLINE_REPLICAS_1_REGION", "eu-central-1",
                        "GERMLINE_WRITE_QUORUM", "2")))
            .start()) {
      SegmentSettings store =
          context
              .getBean(SegmentsSettings.class)
              .store(
                  context.getBean(S3Settings.class), context.getBeansOfType(ReplicaSettings.class));

      assertThat(store.writeQuorum()).isEqualTo(2);
      assertThat(store.replicas())
          .extracting(S3Target::toString)
          .containsExactly(
              "http://one:9000/germline", "http://two:9000/weights", "http://three:9000/germline");
      assertThat(store.replicas().get(1).accessKey()).isEqualTo("key");
      assertThat(store.replicas().get(1).secretKey()).isEqualTo("secret");
      assertThat(store.replicas().get(1).region()).isEqualTo("eu-central-1");
    }
  }

  private static PropertySource environment(Map<String, Object> variables) {
    return new MapPropertySource("environment", variables) {
      @Override
      public PropertyConvention getConvention() {
        return PropertyConvention.ENVIRONMENT_VARIABLE;
      }
    };
  }

  @Test
  void aQuorumOfMoreStoresThanThereAreIsRefused() {
    S3Settings one = new S3Settings("http://one:9000", Optional.empty(), "", "", "germline");
    Duration wait = Duration.ofSeconds(1);
    SegmentsSettings two = new SegmentsSettings(2, 1 << 20, 1, wait, Optional.empty(), 0);
    assertThatThrownBy(() -> two.store(one, List.of()))
        .hasMessage("GERMLINE_WRITE_QUORUM is 2, and there are 1 stores");
    assertThatThrownBy(() -> new SegmentsSettings(0, 1 << 20, 1, wait, Optional.of(""), 5))
        .hasMessageStartingWith("GERMLINE_CACHE_DIR is not set");
  }

  @Test
  void encryptionIsOnInProductionAndOffInDevelopmentUnlessSaidOtherwise() {
    assertThat(encryption("", "").on(new RuntimeSettings(false))).isTrue();
    assertThat(encryption("", "").on(new RuntimeSettings(true))).isFalse();
    assertThat(encryption("false", "").on(new RuntimeSettings(false))).isFalse();
    assertThat(encryption("true", "").on(new RuntimeSettings(true))).isTrue();
    assertThatThrownBy(() -> encryption("yes", ""))
        .hasMessage("GERMLINE_ENCRYPTION is true or false, and not yes");
    assertThatThrownBy(() -> encryption("true", "main:c2hvcnQ="))
        .hasMessageStartingWith("GERMLINE_MASTER_KEYS has a key main of 5 bytes and needs 32");
  }

  private static EncryptionSettings encryption(String enabled, String keys) {
    return new EncryptionSettings(Optional.of(enabled), Optional.of(keys), Duration.ofDays(90));
  }

  private static IdentitySettings identity(String secret) {
    return new IdentitySettings(
        Optional.of(secret), Optional.empty(), Duration.ZERO, Duration.ZERO, Duration.ZERO);
  }

  private static SortedMap<String, String> ours() throws IOException {
    SortedMap<String, String> flat = new TreeMap<>();
    try (InputStream yaml =
        Objects.requireNonNull(SettingsTest.class.getResourceAsStream("/application.yml"))) {
      flatten("", new Yaml().load(yaml), flat);
    }
    flat.keySet().removeIf(key -> !key.startsWith("germline."));
    return flat;
  }

  private static void flatten(String prefix, Object node, Map<String, String> into) {
    if (node instanceof Map<?, ?> map) {
      map.forEach((key, value) ->
          flatten(prefix.isEmpty() ? key.toString() : prefix + "." + key, value, into));
    } else {
      into.put(prefix, String.valueOf(node));
    }
  }
}
