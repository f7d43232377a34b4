package dev.germline.core.layers;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * How good a layer is, as its publisher declares it (specs/genomic-data-architecture.md,
 * "Performance profile"). What was measured since lies in the registry's metrics, and what others
 * found in their claims. Each map is by task type, at most 256 entries.
 *
 * @param accuracy share of tasks done well, 0 to 1
 * @param latency response time in milliseconds, 0 or more
 * @param efficiency quality for a unit of compute, 0 or more; the unit is the publisher's
 * @param consistency variance of the performance, 0 or more
 * @param validationResults at most 256
 * @param benchmarkScores at most 256
 */
public record PerformanceProfile(
    SortedMap<String, Double> accuracy,
    SortedMap<String, Double> latency,
    SortedMap<String, Double> efficiency,
    SortedMap<String, Double> consistency,
    @Nullable ComputeUsage computeUsage,
    List<ValidationResult> validationResults,
    List<BenchmarkScore> benchmarkScores,
    @Nullable FeedbackSummary userFeedback) {
  private static final int MAX_ENTRIES = 256;

  public PerformanceProfile {
    accuracy = Check.measurements("accuracy", accuracy, MAX_ENTRIES);
    accuracy.forEach((task, value) -> Check.unit("accuracy." + task, value));
    latency = notNegative("latency", latency);
    efficiency = notNegative("efficiency", efficiency);
    consistency = notNegative("consistency", consistency);
    validationResults = Check.list("validationResults", validationResults, MAX_ENTRIES);
    benchmarkScores = Check.list("benchmarkScores", benchmarkScores, MAX_ENTRIES);
  }

  private static SortedMap<String, Double> notNegative(
      String field, SortedMap<String, Double> values) {
    SortedMap<String, Double> copy = Check.measurements(field, values, MAX_ENTRIES);
    copy.forEach((task, value) -> Check.between(field + "." + task, value, 0, Double.MAX_VALUE));
    return copy;
  }

  /**
   * What running it took; every figure is optional.
   *
   * @param memoryMb in 10^6 bytes
   * @param flopsPerInference floating-point operations
   * @param storageBytes of weights and data
   */
  public record ComputeUsage(
      @Nullable Long memoryMb, @Nullable Long flopsPerInference, @Nullable Long storageBytes) {
    public ComputeUsage {
      Check.optionalCount("memoryMb", memoryMb);
      Check.optionalCount("flopsPerInference", flopsPerInference);
      Check.optionalCount("storageBytes", storageBytes);
    }
  }

  /**
   * What users made of it.
   *
   * @param ratings how many there are
   * @param meanRating from 0 to 1
   */
  public record FeedbackSummary(long ratings, double meanRating, @Nullable String summary) {
    public FeedbackSummary {
      Check.between("ratings", ratings, 0, Check.MAX_INTEGER);
      meanRating = Check.unit("meanRating", meanRating);
      summary = Check.optionalText("summary", summary, 4096);
    }
  }
}
