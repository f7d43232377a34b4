package dev.germline.core.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.germline.core.layers.Share;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class RewardSplitProperties {
  @Property(tries = 300)
  void thePartsAreTogetherTheAmount(
      @ForAll @LongRange(min = 0, max = 1_000_000_000_000_000L) long billionths,
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 1_000_000) Integer> weights) {
    BigDecimal amount = BigDecimal.valueOf(billionths, RewardSplit.PLACES);
    Map<String, Share> shares = shares(weights);
    SortedMap<String, BigDecimal> parts = RewardSplit.divide(amount, shares);

    assertThat(parts.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo(amount);
    assertThat(parts.keySet()).isEqualTo(shares.keySet());
    shares.forEach((name, share) ->
        assertThat(parts.getOrDefault(name, BigDecimal.TEN.negate()))
            .isNotNegative()
            .isCloseTo(amount.multiply(share.value()), within(new BigDecimal("0.000000001"))));
  }

  @Property(tries = 50)
  void equalSharesAreAWhole(@ForAll @IntRange(min = 1, max = 500) int people) {
    SortedMap<String, Share> shares =
        RewardSplit.equalShares(IntStream.range(0, people).mapToObj(i -> "p" + i).toList());
    assertThat(shares).hasSize(people);
    assertThat(Share.sum(shares.values())).isEqualByComparingTo(BigDecimal.ONE);
  }

  @Example
  void whatIsNotAWholeIsRefused() {
    assertThatThrownBy(
            () -> RewardSplit.divide(BigDecimal.ONE, Map.of("ada", Share.parse("0.999999999"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Weights as shares of nine places whose rest goes to the first. */
  private static Map<String, Share> shares(List<Integer> weights) {
    BigDecimal sum = BigDecimal.valueOf(weights.stream().mapToLong(Integer::longValue).sum());
    Map<String, Share> shares = new TreeMap<>();
    BigDecimal left = BigDecimal.ONE;
    for (int i = weights.size() - 1; i > 0; i--) {
      BigDecimal part =
          BigDecimal.valueOf(weights.get(i)).divide(sum, 9, java.math.RoundingMode.DOWN);
      if (part.signum() > 0) {
        shares.put("p" + i, new Share(part));
        left = left.subtract(part);
      }
    }
    shares.put("p0", new Share(left));
    return shares;
  }
}
