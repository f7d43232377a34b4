package dev.germline.core.layers;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a layer costs and who gets it (docs/sharing.md, "Rewards").
 *
 * @param pricing absent means free
 * @param revenueSharing who gets what is not the contributors': none (the creator gets it), or
 *     shares that are together exactly 1; at most 256
 * @param contributorRewards what the contributors get; absent means nothing
 */
public record Economics(
    @Nullable Pricing pricing,
    List<RevenueShare> revenueSharing,
    @Nullable RewardStructure contributorRewards) {
  public Economics {
    revenueSharing = Check.list("revenueSharing", revenueSharing, 256);
    Check.distinct("revenueSharing", revenueSharing.stream().map(RevenueShare::recipient).toList());
    Share.requireWhole("revenueSharing", revenueSharing.stream().map(RevenueShare::share).toList());
  }

  /** What is paid for what. */
  public record Pricing(Unit unit, Money price) {
    /** What the price is for. */
    public enum Unit {
      /** Each usage session. */
      SESSION,
      /** Each hour of use, by the second. */
      HOUR;

      @Override
      public String toString() {
        return name().toLowerCase(Locale.ROOT);
      }
    }

    public Pricing {
      Check.required("unit", unit);
      Check.required("price", price);
    }
  }

  /** A recipient's part. */
  public record RevenueShare(String recipient, Share share) {
    public RevenueShare {
      Check.text("recipient", recipient);
      Check.required("share", share);
    }
  }

  /**
   * The contributors' part.
   *
   * @param pool which share of the revenue is theirs
   * @param basis how they divide it
   */
  public record RewardStructure(Share pool, Basis basis) {
    /** How contributors divide what is theirs. */
    public enum Basis {
      /** Everybody the same. */
      EQUAL,
      /** By the shares in their contribution records. */
      SHARES;

      @Override
      public String toString() {
        return name().toLowerCase(Locale.ROOT);
      }
    }

    public RewardStructure {
      Check.required("pool", pool);
      Check.required("basis", basis);
    }
  }
}
