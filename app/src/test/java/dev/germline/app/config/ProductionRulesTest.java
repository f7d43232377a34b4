package dev.germline.app.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProductionRulesTest {
  private static final String GOOD = "f3c1-long-and-own";

  private boolean dev;
  private String mysql = GOOD;
  private String neo4j = GOOD;
  private String s3 = GOOD;
  private String replica = GOOD;
  private Optional<String> secret = Optional.of("0f".repeat(32));
  private Optional<String> key = Optional.of("-----BEGIN PRIVATE KEY-----");
  private Optional<String> keyFile = Optional.empty();
  private Optional<String> encryption = Optional.empty();
  private Optional<String> masterKeys =
      Optional.of("main:" + "0123456789A".repeat(3) + "0123456789=");

  @Test
  void aSafeConfigurationStarts() {
    assertThatCode(this::check).doesNotThrowAnyException();
  }

  @Test
  void developmentStartsWithAnything() {
    dev = true;
    mysql = "";
    secret = Optional.empty();
    key = Optional.empty();
    masterKeys = Optional.empty();
    assertThatCode(this::check).doesNotThrowAnyException();
  }

  @Test
  void aMissingTokenSecretIsRefused() {
    secret = Optional.empty();
    assertThatThrownBy(this::check).hasMessageStartingWith("GERMLINE_JWT_SECRET is not set");
  }

  @Test
  void aDeviceKeyThatWouldHaveToBeGeneratedIsRefused(@TempDir Path directory) throws IOException {
    key = Optional.empty();
    keyFile = Optional.of(directory.resolve("absent.pem").toString());
    assertThatThrownBy(this::check).hasMessageStartingWith("GERMLINE_DEVICE_KEY is not set");

    keyFile = Optional.of(Files.createFile(directory.resolve("device.pem")).toString());
    assertThatCode(this::check).doesNotThrowAnyException();
  }

  @Test
  void passwordsEveryoneKnowsAreRefused() {
    mysql = "";
    assertThatThrownBy(this::check).hasMessageStartingWith("GERMLINE_MYSQL_PASSWORD is empty");
    mysql = GOOD;
    neo4j = "Neo4j";
    assertThatThrownBy(this::check)
        .hasMessageStartingWith("GERMLINE_NEO4J_PASSWORD is a password everyone knows");
    neo4j = GOOD;
    s3 = "minioadmin";
    assertThatThrownBy(this::check).hasMessageStartingWith("GERMLINE_S3_SECRET_KEY");
    s3 = GOOD;
    replica = "minioadmin";
    assertThatThrownBy(this::check).hasMessageStartingWith("GERMLINE_REPLICAS_1_SECRET_KEY");
  }

  @Test
  void encryptionWithoutAMasterKeyIsRefused() {
    masterKeys = Optional.empty();
    assertThatThrownBy(this::check).hasMessageStartingWith("GERMLINE_MASTER_KEYS is not set");
    encryption = Optional.of("false");
    assertThatCode(this::check).doesNotThrowAnyException();

    dev = true;
    assertThatCode(this::check).doesNotThrowAnyException();
    encryption = Optional.of("true");
    assertThatThrownBy(this::check).hasMessageStartingWith("GERMLINE_MASTER_KEYS is not set");
  }

  private void check() {
    Duration any = Duration.ofSeconds(1);
    ProductionRules.check(
        new RuntimeSettings(dev),
        new MySqlSettings("jdbc:mysql://db/germline", "germline", mysql, 1, any, any),
        new Neo4jSettings("bolt://graph", "neo4j", neo4j, 1, any, any, any),
        new S3Settings("http://bytes", Optional.empty(), "key", s3, "germline"),
        new IdentitySettings(secret, Optional.empty(), any, any, any),
        new DeviceSettings(key, keyFile),
        new EncryptionSettings(encryption, masterKeys, any),
        List.of(new ReplicaSettings("1", "http://other", "key", replica, "germline", "here")));
  }
}
