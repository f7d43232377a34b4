package dev.germline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What layers were measured to be. */
interface MeasurementsContract extends OnServer {
  @Test
  default void measurementsAreKeptOnceAndShown() throws IOException {
    push("it/measured@1.0.0", model("measured", 1000, 7));
    ok("measure", "it/measured@1.0.0", "--task=code", "--metric=accuracy", "0.5");
    Path file = work().resolve("runs.ndjson");
    Files.writeString(
        file,
        "{\"layer\":\"it/measured@1.0.0\",\"taskType\":\"code\",\"metricType\":\"accuracy\",\"value\":1}\n"
            .repeat(3));
    ok("measure", "--file", file.toString());
    assertThat(ok("measure", "--file", file.toString()).out()).contains("kept: 3");
    assertThat(ok("metrics", "it/measured@1.0.0").out()).contains("accuracy", "0.8750");
    JsonNode metric = json(ok("metrics", "it/measured@1.0.0", "--json")).path("items").path(0);
    assertThat(metric.path("count").asInt()).isEqualTo(4);
    Files.writeString(file, "{\"layer\":\"it/measured@1.0.0\"}");
    CommandLineRun refused = server().run("measure", "--file", file.toString());
    assertThat(refused.exit()).isEqualTo(3);
    assertThat(refused.err()).contains("line 1");
  }
}
