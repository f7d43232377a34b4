package dev.germline.core.metrics;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The performance profile of a layer (specs/genomic-data-architecture.md, Performance Profile),
 * derived from what was measured; each map is by task type. Metric types are compared without case,
 * {@code _} being {@code -}.
 *
 * @param accuracy share of successes, 0 to 1: the mean of the first of {@code accuracy}, {@code
 *     success-rate}, {@code pass-rate}, {@code exact-match} and {@code f1} that was measured for
 *     the task and lies within 0 and 1
 * @param latency milliseconds: the mean of the first of {@code latency-ms}, {@code latency}
 *     (milliseconds), {@code latency-s} and {@code latency-us}
 * @param efficiency quality per unit of compute: the mean of {@code efficiency} or {@code
 *     quality-per-compute}
 * @param consistency the variance of what accuracy is the mean of; 0 is perfectly consistent
 * @param computeUsage what running it took
 */
public record PerformanceProfile(
    SortedMap<String, Double> accuracy,
    SortedMap<String, Double> latency,
    SortedMap<String, Double> efficiency,
    SortedMap<String, Double> consistency,
    ComputeUsage computeUsage) {
  private static final List<String> ACCURACY =
      List.of("accuracy", "success-rate", "pass-rate", "exact-match", "f1");
  private static final List<String> LATENCY =
      List.of("latency-ms", "latency", "latency-s", "latency-us");
  private static final Map<String, Double> MILLIS = Map.of("latency-s", 1e3, "latency-us", 1e-3);
  private static final List<String> MEMORY =
      List.of("memory-mb", "peak-memory-mb", "memory-gb", "peak-memory-gb");
  private static final List<String> FLOPS =
      List.of("flops-per-inference", "flops", "gflops-per-inference", "gflops");
  private static final List<String> STORAGE = List.of("storage-bytes", "storage-mb", "storage-gb");

  /** What a metric's unit is in that of the profile: 10^6 bytes, operations, bytes. */
  private static final Map<String, Double> UNITS =
      Map.of(
          "memory-gb", 1e3,
          "peak-memory-gb", 1e3,
          "gflops-per-inference", 1e9,
          "gflops", 1e9,
          "storage-mb", 1e6,
          "storage-gb", 1e9);

  private static final List<String> EFFICIENCY = List.of("efficiency", "quality-per-compute");

  public PerformanceProfile {
    accuracy = Collections.unmodifiableSortedMap(new TreeMap<>(accuracy));
    latency = Collections.unmodifiableSortedMap(new TreeMap<>(latency));
    efficiency = Collections.unmodifiableSortedMap(new TreeMap<>(efficiency));
    consistency = Collections.unmodifiableSortedMap(new TreeMap<>(consistency));
  }

  /**
   * What running a layer took, each figure the mean of the task that took most; absent where
   * nothing of it was measured.
   *
   * @param memoryMb in 10^6 bytes: {@code memory-mb}, {@code peak-memory-mb} or the same in {@code
   *     -gb}
   * @param flopsPerInference operations: {@code flops-per-inference}, {@code flops}, or {@code
   *     gflops…}
   * @param storageBytes {@code storage-bytes}, {@code -mb} or {@code -gb}
   */
  public record ComputeUsage(
      @Nullable Double memoryMb,
      @Nullable Double flopsPerInference,
      @Nullable Double storageBytes) {
    private static ComputeUsage of(Collection<Map<String, Summary>> tasks) {
      return new ComputeUsage(most(tasks, MEMORY), most(tasks, FLOPS), most(tasks, STORAGE));
    }

    private static @Nullable Double most(
        Collection<Map<String, Summary>> tasks, List<String> wanted) {
      Double most = null;
      for (Map<String, Summary> metrics : tasks) {
        Measured found = first(metrics, wanted, summary -> summary.min() >= 0);
        if (found != null) {
          double value = found.summary().mean() * UNITS.getOrDefault(found.metric(), 1.0);
          most = most == null ? value : Math.max(most, value);
        }
      }
      return most;
    }
  }

  /**
   * The profile of a layer with these measurements; tasks without a fitting metric are left out.
   */
  public static PerformanceProfile of(Collection<SeriesSummary> measured) {
    Map<String, Map<String, Summary>> tasks = new TreeMap<>();
    for (SeriesSummary series : measured) {
      tasks
          .computeIfAbsent(series.taskType(), _ -> new TreeMap<>())
          .putIfAbsent(
              series.metricType().toLowerCase(Locale.ROOT).replace('_', '-'), series.summary());
    }
    SortedMap<String, Double> accuracy = new TreeMap<>();
    SortedMap<String, Double> latency = new TreeMap<>();
    SortedMap<String, Double> efficiency = new TreeMap<>();
    SortedMap<String, Double> consistency = new TreeMap<>();
    tasks.forEach((task, metrics) -> {
      Measured success =
          first(metrics, ACCURACY, summary -> summary.min() >= 0 && summary.max() <= 1);
      if (success != null) {
        accuracy.put(task, success.summary().mean());
        Double variance = success.summary().variance();
        if (variance != null) {
          consistency.put(task, variance);
        }
      }
      Measured time = first(metrics, LATENCY, _ -> true);
      if (time != null) {
        latency.put(task, time.summary().mean() * MILLIS.getOrDefault(time.metric(), 1.0));
      }
      Measured quality = first(metrics, EFFICIENCY, _ -> true);
      if (quality != null) {
        efficiency.put(task, quality.summary().mean());
      }
    });
    return new PerformanceProfile(
        accuracy, latency, efficiency, consistency, ComputeUsage.of(tasks.values()));
  }

  private record Measured(String metric, Summary summary) {}

  private static @Nullable Measured first(
      Map<String, Summary> metrics, List<String> wanted, Predicate<Summary> fits) {
    for (String metric : wanted) {
      Summary summary = metrics.get(metric);
      if (summary != null && fits.test(summary)) {
        return new Measured(metric, summary);
      }
    }
    return null;
  }
}
