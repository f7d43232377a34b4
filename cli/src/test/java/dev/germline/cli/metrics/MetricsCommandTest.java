package dev.germline.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.cli.CommandLineRun;
import dev.germline.cli.FakeRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsCommandTest {
  @TempDir Path home;
  private final FakeRegistry registry;

  MetricsCommandTest() throws IOException {
    registry = new FakeRegistry();
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private CommandLineRun run(String... arguments) {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = "--server=" + registry.url();
    return CommandLineRun.of(home, Map.of(), all);
  }

  @Test
  void metricsAreATableWithBarsAndArrows() {
    registry.answers.put(
        "/api/v1/layers/a/b/1.0.0/metrics",
        """
        {"layer":"a/b@1.0.0","period":"all","items":[
          {"taskType":"code","metricType":"latency-ms","count":12345,"mean":101.5,
           "standardDeviation":3.25,"min":90,"max":120,"p50":101,"p95":110,"latest":99,
           "latestAt":"2026-03-03T12:00:00Z","trend":{"direction":"falling","perDay":-0.1}}]}\
        """);
    assertThat(run("metrics", "a/b@1.0.0").out())
        .contains("task", "p95", "12,345", "101.5", "3.250", "↘  ▄");
    assertThat(run("metrics", "a/b@1.0.0", "--json").out()).contains("\"perDay\":-0.1");
    registry.answers.put("/api/v1/layers/a/b/1.0.0/metrics", "{\"items\":[]}");
    assertThat(run("metrics", "a/b@1.0.0").out()).contains("nothing was measured");
  }

  @Test
  void barsGoFromTheLowestToTheHighest() {
    assertThat(Sparkline.of(List.of(1.0, 2.0, 8.0))).isEqualTo("▁▂█");
    assertThat(Sparkline.of(List.of(5.0, 5.0))).isEqualTo("▄▄");
    assertThat(Sparkline.of(List.of())).isEmpty();
  }

  @Test
  void aValueIsSentAndAFileInParts() throws IOException {
    registry.answers.put("/api/v1/layers/a/b/1.0.0/measurements", "{\"measurements\":1}");
    registry.answers.put("/api/v1/measurements", "{\"measurements\":5000}");
    assertThat(run("measure", "a/b@1.0.0", "--task=t", "--metric=m", "0.5").out())
        .contains("kept: 1");
    Path file = home.resolve("x.ndjson");
    Files.writeString(file, "{\"layer\":\"a/b@1.0.0\"}\n\n".repeat(10_000));
    assertThat(run("measure", "--file", file.toString(), "--json").out())
        .contains("{\"measurements\":10000}");
    assertThat(registry.log).filteredOn("POST /api/v1/measurements"::equals).hasSize(2);
  }

  @Test
  void whatIsMissingIsSaid() {
    assertThat(run("measure", "a/b@1.0.0", "0.5").exit()).isEqualTo(2);
    assertThat(run("measure", "--file=none", "--task=t").exit()).isEqualTo(2);
    assertThat(run("measure", "--file=none").exit()).isEqualTo(5);
    assertThat(run("measure", "a/b@1.0.0", "--task=t", "--metric=m", "1").exit()).isEqualTo(3);
  }
}
