package dev.germline.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsRulesTest {
  private static final Instant AT = Instant.parse("2026-03-03T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "day, 2026-03-01, 2026-03-01",
    "week, 2026-03-01, 2026-02-23",
    "week, 2026-03-02, 2026-03-02",
    "month, 2026-03-31, 2026-03-01",
    "all, 2026-03-31, 1970-01-01"
  })
  void periodsBeginOnTheirFirstDay(String period, LocalDate day, LocalDate start) {
    assertThat(Period.parse(period).start(day)).isEqualTo(start);
  }

  @Test
  void otherPeriodsAreRefused() {
    assertThatThrownBy(() -> Period.parse("Day")).hasMessageContaining("day, week, month or all");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -2e100})
  void valuesThatCannotBeSummedUpAreRefused(double value) {
    assertThatThrownBy(() -> new Measurement("t", "m", value, AT, null))
        .isInstanceOf(GermlineException.class)
        .extracting(thrown -> ((GermlineException) thrown).fault())
        .isEqualTo(Fault.INVALID_REQUEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a ", "a\u0000", "a\nb", "\ud800"})
  void namesThatCannotBeReadAreRefused(String name) {
    assertThatThrownBy(() -> new Measurement(name, "m", 1, AT, null))
        .hasMessageContaining("taskType is a text of 1 to 128");
    assertThatThrownBy(() -> new Measurement("t", name, 1, AT, null))
        .hasMessageContaining("metricType is a text of 1 to 128");
  }

  @Test
  void aProfileTakesTheMetricsItKnows() {
    PerformanceProfile profile =
        PerformanceProfile.of(
            List.of(
                measured("code", "f1", 0.1),
                measured("code", "Success_Rate", 0.5, 0.7),
                measured("code", "latency-s", 0.25, 0.75),
                measured("chat", "accuracy", 3),
                measured("chat", "f1", 0.9),
                measured("chat", "efficiency", 12),
                measured("chat", "peak_memory_gb", 2, 4),
                measured("code", "memory-mb", 1000),
                measured("code", "gflops", 7),
                measured("chat", "vibes", 1)));
    assertThat(profile.computeUsage())
        .isEqualTo(new PerformanceProfile.ComputeUsage(3000.0, 7e9, null));
    assertThat(profile.accuracy()).containsOnlyKeys("chat", "code").containsEntry("chat", 0.9);
    assertThat(profile.accuracy().get("code")).isCloseTo(0.6, within(1e-12));
    assertThat(profile.latency()).containsExactlyEntriesOf(Map.of("code", 500.0));
    assertThat(profile.efficiency()).containsExactlyEntriesOf(Map.of("chat", 12.0));
    assertThat(profile.consistency()).containsOnlyKeys("code");
    assertThat(profile.consistency().get("code")).isCloseTo(0.02, within(1e-12));
  }

  private static SeriesSummary measured(String task, String metric, double... values) {
    Series series = new Series();
    for (double value : values) {
      series.add(AT.toEpochMilli(), value);
    }
    return new SeriesSummary(task, metric, series.summary());
  }
}
