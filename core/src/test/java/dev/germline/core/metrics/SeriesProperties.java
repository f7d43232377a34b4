package dev.germline.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SeriesProperties {
  private static final long START = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();
  private static final long DAY = 86_400_000;

  record Point(long at, double value) {}

  @Provide
  Arbitrary<List<Point>> points() {
    Arbitrary<Point> point =
        Combinators.combine(
                Arbitraries.longs().between(START, START + 400 * DAY),
                Arbitraries.doubles().between(-1e6, 1e6).ofScale(4))
            .as(Point::new);
    return point.list().ofMinSize(1).ofMaxSize(400);
  }

  private static Series series(List<Point> points) {
    Series series = new Series();
    points.forEach(point -> series.add(point.at(), point.value()));
    return series;
  }

  @Property(tries = 200, seed = "1")
  void aSummaryIsWhatANaiveRecomputationGives(@ForAll("points") List<Point> points) {
    Summary summary = series(points).summary();
    double[] sorted = points.stream().mapToDouble(Point::value).sorted().toArray();
    double mean = Arrays.stream(sorted).average().orElseThrow();
    assertThat(summary.count()).isEqualTo(points.size());
    assertThat(summary.mean()).isCloseTo(mean, within(1e-6));
    assertThat(summary.min()).isEqualTo(sorted[0]);
    assertThat(summary.max()).isEqualTo(sorted[sorted.length - 1]);
    if (points.size() > 1) {
      double variance =
          Arrays.stream(sorted).map(v -> (v - mean) * (v - mean)).sum() / (sorted.length - 1);
      assertThat(Objects.requireNonNull(summary.variance()))
          .isCloseTo(variance, within(1e-9 * (1 + variance)));
    } else {
      assertThat(summary.variance()).isNull();
    }
    nearestRank(summary.p50(), sorted, 50);
    nearestRank(summary.p95(), sorted, 95);
    long last = points.stream().mapToLong(Point::at).max().orElseThrow();
    assertThat(summary.latestAt().toEpochMilli()).isEqualTo(last);
    assertThat(points).contains(new Point(last, summary.latest()));
  }

  private static void nearestRank(double given, double[] sorted, int percent) {
    double exact = sorted[(int) Math.ceil(percent * sorted.length / 100.0) - 1];
    double allowed =
        sorted.length <= Quantiles.EXACT ? 0 : Math.abs(exact) * Quantiles.ACCURACY + 1e-9;
    assertThat(given).isCloseTo(exact, within(allowed));
  }

  @Property(tries = 200, seed = "2")
  void mergedPartsAreTheWhole(@ForAll("points") List<Point> points, @ForAll long seed) {
    Random random = new Random(seed);
    Series merged = new Series();
    for (int from = 0; from < points.size(); ) {
      int to = Math.min(points.size(), from + 1 + random.nextInt(200));
      merged.merge(Series.decode(series(points.subList(from, to)).encode()));
      from = to;
    }
    Summary whole = series(points).summary();
    Summary parts = merged.summary();
    assertThat(parts.count()).isEqualTo(whole.count());
    assertThat(parts.mean()).isCloseTo(whole.mean(), within(1e-6));
    assertThat(parts.min()).isEqualTo(whole.min());
    assertThat(parts.max()).isEqualTo(whole.max());
    assertThat(parts.p50()).isEqualTo(whole.p50());
    assertThat(parts.p95()).isEqualTo(whole.p95());
    assertThat(parts.latestAt()).isEqualTo(whole.latestAt());
    Double slope = whole.trend().perDay();
    if (slope != null && whole.trend().direction() != Trend.Direction.STEADY) {
      assertThat(Objects.requireNonNull(parts.trend().perDay()))
          .isCloseTo(slope, within(1e-6 * (1 + Math.abs(slope))));
    }
  }

  @Property(tries = 100, seed = "3")
  void whatIsEncodedComesBack(@ForAll("points") List<Point> points) {
    Series series = series(points);
    byte[] bytes = series.encode();
    assertThat(Series.decode(bytes).encode()).isEqualTo(bytes);
    assertThat(Series.decode(bytes).summary()).isEqualTo(series.summary());
  }

  @Example
  void aLineHasItsSlope() {
    Series up = new Series();
    Series flat = new Series();
    for (int day = 0; day < 30; day++) {
      up.add(START + day * DAY, 5 + 0.25 * day);
      flat.add(START + day * DAY, day % 2 == 0 ? 1 : 1.1);
    }
    Trend trend = up.summary().trend();
    assertThat(trend.direction()).isEqualTo(Trend.Direction.RISING);
    assertThat(Objects.requireNonNull(trend.perDay())).isCloseTo(0.25, within(1e-9));
    assertThat(flat.summary().trend().direction()).isEqualTo(Trend.Direction.STEADY);
  }

  @Example
  void twoValuesOrOneMomentHaveNoTrend() {
    Series two = new Series();
    two.add(START, 1);
    two.add(START + DAY, 2);
    assertThat(two.summary().trend()).isEqualTo(new Trend(Trend.Direction.UNKNOWN, null));
    two.merge(new Series());
    two.add(START + DAY, 3);
    assertThat(two.summary().trend().direction()).isNotEqualTo(Trend.Direction.UNKNOWN);
    Series moment = new Series();
    for (int i = 0; i < 5; i++) {
      moment.add(START, i);
    }
    assertThat(moment.summary().trend().direction()).isEqualTo(Trend.Direction.UNKNOWN);
  }

  @Example
  void manyValuesStayWithinTheirAccuracyAndTheirMemory() {
    Random random = new Random(7);
    double[] values = new double[200_000];
    Series series = new Series();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.exp(random.nextGaussian() * 4);
      series.add(START + i, values[i]);
    }
    Arrays.sort(values);
    Summary summary = series.summary();
    assertThat(summary.p50()).isCloseTo(values[99_999], within(values[99_999] * 0.01));
    assertThat(summary.p95()).isCloseTo(values[189_999], within(values[189_999] * 0.01));
    assertThat(series.encode().length).isLessThan(40_000);
  }

  @Example
  void valuesOfAllMagnitudesStayBounded() {
    Series series = new Series();
    for (int exponent = -99; exponent < 100; exponent++) {
      for (int i = 1; i < 100; i++) {
        series.add(START, i * Math.pow(10, exponent));
        series.add(START, -i * Math.pow(10, exponent - 1));
      }
    }
    assertThat(series.encode().length).isLessThan(13 * Quantiles.MAX_BUCKETS);
    assertThat(series.summary().p95()).isFinite();
    assertThat(Objects.requireNonNull(series.summary().variance())).isFinite();
  }

  @Example
  void bytesOfAnotherFormatAreRefused() {
    assertThatThrownBy(() -> Series.decode(new byte[] {9}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Series().summary()).isInstanceOf(IllegalStateException.class);
  }
}
