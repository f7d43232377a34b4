package dev.germline.cli.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.cli.CommandLineRun;
import dev.germline.cli.FakeRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuCommandTest {
  @TempDir Path home;
  private final FakeRegistry registry;

  DuCommandTest() throws IOException {
    registry = new FakeRegistry();
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private CommandLineRun du(String... more) {
    String[] arguments = new String[more.length + 2];
    arguments[0] = "du";
    arguments[1] = "--server=" + registry.url();
    System.arraycopy(more, 0, arguments, 2, more.length);
    CommandLineRun run = CommandLineRun.of(home, Map.of(), arguments);
    assertThat(run.exit()).as(run.err()).isZero();
    return run;
  }

  @Test
  void aLayerIsShownWithWhatItSharesAndWhy() {
    registry.answers.put(
        "/api/v1/layers/a/b/1.0.0/storage",
        """
        {"layer":"a/b@1.0.0","rawBytes":1048576,"distinctBytes":1000000,"storedBytes":262144,
         "ownBytes":200000,"sharedBytes":62144,"aloneBytes":524288,"saved":0.75,"depths":[3,1200],
         "encodings":[{"encoding":"delta+buckets","pieces":1200,"rawBytes":900000,
                       "storedBytes":225000}]}\
        """);
    assertThat(du("a/b@1.0.0").out())
        .contains("stored    256.0 KiB  75.0 % saved", "shared", "alone", "512.0 KiB")
        .contains("delta+buckets   1,200", "25.0 %", "0: 3, 1: 1,200");
    assertThat(du("a/b@1.0.0", "--json").out()).contains("\"aloneBytes\":524288");
  }

  @Test
  void allLayersAreShownWithTheObjectsForAdmins() {
    String users =
        """
        {"layers":2,"files":1500,"rawBytes":1000,"distinctBytes":900,"storedBytes":500,
         "saved":0.5,"encodings":[]%s}\
        """;
    registry.answers.put("/api/v1/storage", users.formatted(""));
    assertThat(du().out())
        .contains("1,500 files of 2 layers", "50.0 % saved")
        .doesNotContain("segments");
    registry.answers.put(
        "/api/v1/storage",
        users.formatted(
            ",\"objects\":{\"segments\":3,\"segmentBytes\":800,\"unpublishedBytes\":100,"
                + "\"deadBytes\":200}"));
    assertThat(du().out()).contains("segments", "3 objects in S3", "dead", "200 B");
  }
}
