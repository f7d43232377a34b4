package dev.germline.app.sharing;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition on the mean of a layer's measurements, such as {@code retrieval:ndcg@10>=0.5}.
 *
 * @param taskType what was asked of the layer
 * @param metricType what was measured
 * @param atLeast whether the mean must reach the bound; else it must not exceed it
 */
public record MetricThreshold(String taskType, String metricType, boolean atLeast, double bound) {
  private static final Pattern FORM =
      Pattern.compile("([^:<>=]{1,128}):([^<>=]{1,128})(>=|<=)([-+0-9.eE]{1,32})");

  /**
   * Reads {@code task:metric>=bound} or {@code task:metric<=bound}.
   *
   * @throws GermlineException INVALID_REQUEST
   */
  public static MetricThreshold parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (matcher.matches()) {
      try {
        double bound = Double.parseDouble(matcher.group(4));
        if (Double.isFinite(bound)) {
          return new MetricThreshold(
              matcher.group(1), matcher.group(2), matcher.group(3).equals(">="), bound);
        }
      } catch (NumberFormatException notOne) {
        // said below
      }
    }
    throw new GermlineException(
        Fault.INVALID_REQUEST,
        "metric is '%s'; give task:metric>=number or task:metric<=number"
            .formatted(text.length() > 80 ? text.substring(0, 80) + "…" : text));
  }

  @Override
  public String toString() {
    return taskType + ":" + metricType + (atLeast ? ">=" : "<=") + bound;
  }
}
