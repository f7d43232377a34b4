package dev.germline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.germline.app.config.StartRefused;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MainTest {
  private final Map<String, Object> settings =
      new HashMap<>(
          Map.of(
              "germline.dev", true,
              "germline.mysql.url", "jdbc:mysql://127.0.0.1:1/germline",
              "germline.mysql.connect-timeout", "1s",
              "germline.neo4j.uri", "bolt://127.0.0.1:1",
              "germline.s3.endpoint", "http://127.0.0.1:1"));

  @Test
  void withoutMySqlItSaysSoInOneLine() {
    StartRefused refused = Main.refusal(catchThrowable(() -> Main.start(settings)));
    assertThat(refused)
        .hasMessageStartingWith(
            "GERMLINE_MYSQL_URL jdbc:mysql://127.0.0.1:1/germline does not answer")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void anUnsafeProductionStartIsRefusedBeforeAnyStoreIsAsked() {
    settings.put("germline.dev", false);
    assertThatThrownBy(() -> Main.start(settings))
        .isInstanceOf(StartRefused.class)
        .hasMessageStartingWith("GERMLINE_JWT_SECRET is not set");
  }
}
