package dev.germline.core.assembly;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What to expect of an assembly, from what was measured of its layers (docs/assembly.md).
 *
 * <p>Most metrics are taken for a mean: expected = Σ wᵢmᵢ / Σ wᵢ over the layers that were
 * measured, plus a gain for each pair that is stated to work well together. A latency is taken for
 * a sum along the slowest way through the connections. The 90 % interval has two parts: how well
 * the layers are known (their variance over their number of measurements) and how well such a mean
 * predicts at all ({@link #MODEL_SPREAD}, relative to the layers' scale). Stateless.
 */
public final class Predictor {
  /** Of a pair with synergy 1 and equal weights, relative to the mean: half of that is its gain. */
  static final double GAIN = 0.10;

  /** Standard deviation of an assembly around the mean of its layers, relative to that mean. */
  static final double MODEL_SPREAD = 0.05;

  /** A layer measured once is taken to vary so much, relative to its value. */
  private static final double ASSUMED_SPREAD = 0.10;

  private static final double PRIOR_COUNT = 2;
  private static final double Z90 = 1.6448536269514722;

  private Predictor() {}

  /**
   * What was measured of one layer for one task and metric.
   *
   * @param id of the part
   * @param spread standard deviation of single measurements; 0 of one
   * @param count how many, from 1
   */
  public record Measured(
      String id, String task, String metric, double mean, double spread, long count) {}

  /** Two parts that work well together, from 0 to 1. */
  public record Synergy(String one, String other, double strength) {}

  private record Series(String task, String metric) implements Comparable<Series> {
    @Override
    public int compareTo(Series other) {
      int byTask = task.compareTo(other.task);
      return byTask != 0 ? byTask : metric.compareTo(other.metric);
    }
  }

  /** One prediction for every task and metric that some layer was measured for. */
  public static List<Prediction> predict(
      List<Part> parts,
      List<Connection> connections,
      List<Measured> measured,
      List<Synergy> synergies) {
    Map<Series, Map<String, Measured>> series = new TreeMap<>();
    for (Measured one : measured) {
      series
          .computeIfAbsent(new Series(one.task(), one.metric()), key -> new HashMap<>())
          .put(one.id(), one);
    }
    List<Prediction> predictions = new ArrayList<>();
    series.forEach((key, values) -> {
      Estimate estimate =
          key.metric().startsWith("latency")
              ? slowestWay(parts, connections, values)
              : mean(parts, values, synergies);
      double margin = Z90 * Math.sqrt(estimate.variance());
      predictions.add(
          new Prediction(
              key.task(),
              key.metric(),
              estimate.mean(),
              estimate.mean() - margin,
              estimate.mean() + margin,
              values.size()));
    });
    return predictions;
  }

  private record Estimate(double mean, double variance) {}

  /** How well a layer's mean is known. */
  private static double variance(Measured one) {
    double assumed = Math.pow(ASSUMED_SPREAD * one.mean(), 2);
    double known = Math.max(0, one.count() - 1);
    double pooled =
        (one.spread() * one.spread() * known + assumed * PRIOR_COUNT) / (known + PRIOR_COUNT);
    return pooled / Math.max(1, one.count());
  }

  private static Estimate mean(
      List<Part> parts, Map<String, Measured> values, List<Synergy> synergies) {
    Map<String, Double> weights = new HashMap<>();
    double total = 0;
    for (Part part : parts) {
      if (values.containsKey(part.id())) {
        weights.put(part.id(), Math.abs(part.weight()));
        total += Math.abs(part.weight());
      }
    }
    double whole = total;
    weights.replaceAll((id, weight) -> whole == 0 ? 1.0 / weights.size() : weight / whole);
    double mean = 0;
    double variance = 0;
    for (Measured one : values.values()) {
      double share = weights.getOrDefault(one.id(), 0.0);
      mean += share * one.mean();
      variance += share * share * variance(one);
    }
    double gain = 0;
    for (Synergy synergy : synergies) {
      double one = weights.getOrDefault(synergy.one(), 0.0);
      double other = weights.getOrDefault(synergy.other(), 0.0);
      gain += GAIN * synergy.strength() * 2 * one * other;
    }
    double spread = weights.size() > 1 ? MODEL_SPREAD * mean : 0;
    return new Estimate(mean * (1 + gain), variance + spread * spread);
  }

  /** Latencies add up along a way; of ways side by side the slowest counts. */
  private static Estimate slowestWay(
      List<Part> parts, List<Connection> connections, Map<String, Measured> values) {
    Map<String, Estimate> until = new HashMap<>();
    Estimate slowest = new Estimate(0, 0);
    for (Part part : parts) {
      Estimate before = new Estimate(0, 0);
      for (Connection connection : connections) {
        boolean flows = connection.type() != Connection.Type.PARALLEL;
        Estimate other = until.get(connection.from());
        if (flows
            && connection.to().equals(part.id())
            && other != null
            && other.mean() > before.mean()) {
          before = other;
        }
      }
      Measured own = values.get(part.id());
      Estimate here =
          own == null
              ? before
              : new Estimate(before.mean() + own.mean(), before.variance() + variance(own));
      until.put(part.id(), here);
      slowest = here.mean() > slowest.mean() ? here : slowest;
    }
    double spread = values.size() > 1 ? MODEL_SPREAD * slowest.mean() : 0;
    return new Estimate(slowest.mean(), slowest.variance() + spread * spread);
  }
}
