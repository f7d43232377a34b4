package dev.germline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.server.Json;
import dev.germline.embedded.stores.Dist;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What keeps a registry well, and shows it. */
interface OperatingContract extends OnServer {
  @Test
  default void fsckIsCleanAndTheGraphIsRebuilt() throws IOException {
    push("it/kept@1.0.0", model("kept", 1000, 7));
    CommandLineRun rebuilt = ok("graph", "rebuild");
    assertThat(rebuilt.out()).contains("graph running");
    assertThat(ok("show", "it/kept@1.0.0").out()).contains("it/kept@1.0.0");
    CommandLineRun fsck = ok("fsck");
    assertThat(fsck.out()).contains("clean");
  }

  @Test
  default void theTourSucceedsTwice() throws Exception {
    for (int i = 0; i < 2; i++) {
      Path out = work().resolve("tour" + i + ".json");
      Process tour = server().launch(out, "tour", "--json");
      assertThat(tour.waitFor(5, TimeUnit.MINUTES)).isTrue();
      JsonNode json = Json.read(Files.readAllBytes(out));
      assertThat(tour.exitValue()).as(json.toString()).isZero();
      assertThat(json.path("ok").asBoolean()).isTrue();
      assertThat(json.path("proofValid").asBoolean()).isTrue();
      assertThat(json.path("tamperDetected").asBoolean()).isTrue();
      assertThat(json.path("layers").size()).isEqualTo(2);
      assertThat(json.path("lineage").size()).isEqualTo(1);
      assertThat(json.path("storedBytes").asLong()).isLessThan(json.path("originalBytes").asLong());
    }
    assertThat(Files.exists(Dist.locate().root().resolve("cli/target/dist/tour"))).isTrue();
    CommandLineRun shown = ok("lineage", "baai/bge-small-en@1.5.0");
    assertThat(shown.out()).contains("from baai/bge-small-en@1.0.0");
  }
}
