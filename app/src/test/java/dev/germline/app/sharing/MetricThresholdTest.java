package dev.germline.app.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.core.GermlineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MetricThresholdTest {
  @Test
  void aThresholdIsReadAndWrittenAlike() {
    MetricThreshold threshold = MetricThreshold.parse("retrieval:ndcg@10>=0.5");
    assertThat(threshold).isEqualTo(new MetricThreshold("retrieval", "ndcg@10", true, 0.5));
    assertThat(MetricThreshold.parse(threshold.toString())).isEqualTo(threshold);
    assertThat(MetricThreshold.parse("chat:latency<=1e3").atLeast()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "a:b", "a:b=1", "a:b>=", "a:b>=x", "a:b>=1e999", ":b>=1"})
  void whatIsNoneIsRefused(String text) {
    assertThatThrownBy(() -> MetricThreshold.parse(text)).isInstanceOf(GermlineException.class);
  }
}
