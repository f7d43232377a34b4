package dev.germline.core.sharing;

import dev.germline.core.layers.Contribution;
import dev.germline.core.layers.Economics;
import dev.germline.core.layers.Economics.RewardStructure;
import dev.germline.core.layers.Share;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What somebody is owed for the use of a layer.
 *
 * @param amount at most nine decimal places, above 0
 */
public record Owed(String recipient, Reason reason, BigDecimal amount) {
  private static final BigDecimal SECONDS_OF_AN_HOUR = BigDecimal.valueOf(3600);

  /** What for. */
  public enum Reason {
    /** A contribution: a part of the contributors' pool. */
    CONTRIBUTION,
    /** A revenue share. */
    REVENUE;

    /** The name used in JSON and MySQL. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What the use of a layer is worth: the price for each session, or for each hour by the second,
   * rounded half to even to nine places.
   *
   * @param seconds of all sessions together
   */
  public static BigDecimal revenue(Economics.Pricing pricing, long sessions, long seconds) {
    BigDecimal price = pricing.price().value();
    return switch (pricing.unit()) {
      case SESSION -> price.multiply(BigDecimal.valueOf(sessions));
      case HOUR ->
          price
              .multiply(BigDecimal.valueOf(seconds))
              .divide(SECONDS_OF_AN_HOUR, RewardSplit.PLACES, RoundingMode.HALF_EVEN);
    };
  }

  /**
   * Divides a revenue: the contributors' pool by their shares or equally, the rest by the revenue
   * shares, or all of the rest to the creator. Without contributors (or, where they divide by
   * shares, without shares) there is no pool. The amounts are together exactly the revenue; who is
   * owed nothing is left out.
   *
   * @param revenue 0 or more, at most nine decimal places
   */
  public static List<Owed> divide(
      BigDecimal revenue, Economics terms, List<Contribution> contributions, String creator) {
    List<Owed> owed = new ArrayList<>();
    BigDecimal rest = revenue;
    RewardStructure rewards = terms.contributorRewards();
    if (rewards != null) {
      SortedMap<String, Share> shares = shares(rewards, contributions);
      if (!shares.isEmpty()) {
        BigDecimal pool =
            revenue
                .multiply(rewards.pool().value())
                .setScale(RewardSplit.PLACES, RoundingMode.DOWN);
        rest = revenue.subtract(pool);
        add(owed, Reason.CONTRIBUTION, RewardSplit.divide(pool, shares));
      }
    }
    Map<String, Share> revenueShares = new LinkedHashMap<>();
    terms.revenueSharing().forEach(one -> revenueShares.put(one.recipient(), one.share()));
    if (revenueShares.isEmpty()) {
      revenueShares.put(creator, new Share(BigDecimal.ONE));
    }
    add(owed, Reason.REVENUE, RewardSplit.divide(rest, revenueShares));
    return List.copyOf(owed);
  }

  private static SortedMap<String, Share> shares(
      RewardStructure rewards, List<Contribution> contributions) {
    List<String> names = contributions.stream().map(Contribution::contributor).toList();
    return switch (rewards.basis()) {
      case EQUAL -> names.isEmpty() ? new TreeMap<>() : RewardSplit.equalShares(names);
      case SHARES -> {
        SortedMap<String, Share> shares = new TreeMap<>();
        for (Contribution contribution : contributions) {
          Share share = contribution.share();
          if (share != null) {
            shares.put(contribution.contributor(), share);
          }
        }
        yield shares;
      }
    };
  }

  private static void add(List<Owed> owed, Reason reason, Map<String, BigDecimal> parts) {
    parts.forEach((recipient, amount) -> {
      if (amount.signum() > 0) {
        owed.add(new Owed(recipient, reason, amount));
      }
    });
  }
}
