package dev.germline.core.layers;

import org.jspecify.annotations.Nullable;

/**
 * One result of one benchmark, in the unit that the metric has.
 *
 * @param benchmark such as {@code mteb}
 * @param taskType what was asked of the layer, such as {@code retrieval}
 * @param metric such as {@code ndcg@10}
 * @param dataset what it was run on
 */
public record BenchmarkScore(
    String benchmark,
    @Nullable String taskType,
    String metric,
    double value,
    @Nullable DatasetRef dataset) {
  public BenchmarkScore {
    Check.text("benchmark", benchmark);
    taskType = Check.optionalText("taskType", taskType);
    Check.text("metric", metric);
    value = Check.finite("value", value);
  }
}
