package dev.germline.core.sharing;

import dev.germline.core.layers.Share;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Divides an amount so that nothing is lost and nothing made. Pure, exact decimals. */
public final class RewardSplit {
  /** Decimal places of what is paid out. */
  public static final int PLACES = 9;

  private static final BigDecimal SMALLEST = BigDecimal.ONE.movePointLeft(PLACES);

  private RewardSplit() {}

  /**
   * Divides an amount by shares that are together exactly 1. Each part is rounded down to nine
   * places; what is left is given out in steps of the last place to those who lost most by that,
   * ties by name. The parts are together exactly the amount.
   *
   * @param amount 0 or more, at most nine places
   * @throws IllegalArgumentException if the shares are not together 1, or the amount is finer
   */
  public static SortedMap<String, BigDecimal> divide(BigDecimal amount, Map<String, Share> shares) {
    if (Share.sum(shares.values()).compareTo(BigDecimal.ONE) != 0) {
      throw new IllegalArgumentException("the shares are together " + Share.sum(shares.values()));
    }
    if (amount.signum() < 0 || amount.stripTrailingZeros().scale() > PLACES) {
      throw new IllegalArgumentException("the amount is " + amount);
    }
    record Part(String name, BigDecimal floor, BigDecimal lost) {}
    List<Part> parts = new ArrayList<>();
    BigDecimal given = BigDecimal.ZERO;
    for (Map.Entry<String, Share> share : shares.entrySet()) {
      BigDecimal exact = amount.multiply(share.getValue().value());
      BigDecimal floor = exact.setScale(PLACES, RoundingMode.DOWN);
      parts.add(new Part(share.getKey(), floor, exact.subtract(floor)));
      given = given.add(floor);
    }
    parts.sort(Comparator.comparing(Part::lost).reversed().thenComparing(Part::name));
    BigDecimal left = amount.subtract(given);
    SortedMap<String, BigDecimal> divided = new TreeMap<>();
    for (Part part : parts) {
      boolean one = left.compareTo(SMALLEST) >= 0;
      divided.put(part.name(), one ? part.floor().add(SMALLEST) : part.floor());
      left = one ? left.subtract(SMALLEST) : left;
    }
    return divided;
  }

  /**
   * Equal shares for these names: rounded down to nine places, the rest to the first by name.
   *
   * @param names at least one, each once
   */
  public static SortedMap<String, Share> equalShares(List<String> names) {
    List<String> sorted = names.stream().sorted().toList();
    BigDecimal each =
        BigDecimal.ONE.divide(
            BigDecimal.valueOf(sorted.size()), Share.MAX_PLACES, RoundingMode.DOWN);
    BigDecimal first =
        BigDecimal.ONE.subtract(each.multiply(BigDecimal.valueOf(sorted.size() - 1L)));
    SortedMap<String, Share> shares = new TreeMap<>();
    for (String name : sorted) {
      shares.put(name, new Share(shares.isEmpty() ? first : each));
    }
    return shares;
  }
}
