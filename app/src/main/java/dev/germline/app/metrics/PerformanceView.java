package dev.germline.app.metrics;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.germline.core.layers.LayerName;
import dev.germline.core.metrics.PerformanceProfile;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The performance profile of a layer, each part by task type.
 *
 * @param accuracy 0 to 1
 * @param latency milliseconds
 * @param efficiency quality per unit of compute
 * @param consistency variance of the accuracy
 * @param computeUsage what running it took
 * @param userFeedback what the usage sessions come to
 */
@Schema(name = "PerformanceProfile")
record PerformanceView(
    String layer,
    Map<String, Double> accuracy,
    Map<String, Double> latency,
    Map<String, Double> efficiency,
    Map<String, Double> consistency,
    Compute computeUsage,
    Feedback userFeedback) {
  static PerformanceView of(
      LayerName layer, PerformanceProfile profile, long filesBytes, List<UsageSummary> usage) {
    return new PerformanceView(
        layer.toString(),
        profile.accuracy(),
        profile.latency(),
        profile.efficiency(),
        profile.consistency(),
        Compute.of(profile.computeUsage(), filesBytes),
        usage.isEmpty() ? new Feedback(0, 0, 0, null) : Feedback.of(usage.getFirst()));
  }

  /**
   * What running it took, as it was measured; of several tasks the one that took most.
   *
   * @param memoryMb in 10^6 bytes
   * @param flopsPerInference floating-point operations
   * @param storageBytes as measured, else of the layer's files, each content once
   */
  @Schema(name = "ComputeUsage")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Compute(
      @Nullable Double memoryMb, @Nullable Double flopsPerInference, double storageBytes) {
    private static Compute of(PerformanceProfile.ComputeUsage measured, long filesBytes) {
      return new Compute(
          measured.memoryMb(),
          measured.flopsPerInference(),
          measured.storageBytes() == null ? filesBytes : measured.storageBytes());
    }
  }

  /**
   * Of the users.
   *
   * @param meanRating 0 to 1; absent when there are no ratings
   */
  @Schema(name = "UserFeedback")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Feedback(long sessions, long users, long ratings, @Nullable Double meanRating) {
    private static Feedback of(UsageSummary summary) {
      return new Feedback(
          summary.sessions(), summary.users(), summary.ratings(), summary.meanRating());
    }
  }
}
