package dev.germline.core.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.core.layers.Contribution;
import dev.germline.core.layers.Economics;
import dev.germline.core.layers.Economics.Pricing;
import dev.germline.core.layers.Economics.RevenueShare;
import dev.germline.core.layers.Economics.RewardStructure;
import dev.germline.core.layers.Money;
import dev.germline.core.layers.Share;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class OwedProperties {
  private static final List<Contribution> TWO =
      List.of(
          new Contribution("bob", "data", Share.parse("0.333333333"), null),
          new Contribution("cy", "training", Share.parse("0.666666667"), null));

  @Property(tries = 300)
  void whatIsOwedIsTogetherTheRevenue(
      @ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long billionths,
      @ForAll @IntRange(min = 1, max = 1000) int thousandths,
      @ForAll Economics.RewardStructure.Basis basis,
      @ForAll boolean shared) {
    BigDecimal revenue = BigDecimal.valueOf(billionths, 9);
    Economics terms =
        new Economics(
            null,
            shared
                ? List.of(
                    new RevenueShare("ada", Share.parse("0.9")),
                    new RevenueShare("house", Share.parse("0.1")))
                : List.of(),
            new RewardStructure(new Share(BigDecimal.valueOf(thousandths, 3)), basis));
    List<Owed> owed = Owed.divide(revenue, terms, TWO, "ada");
    assertThat(owed.stream().map(Owed::amount).reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo(revenue);
    assertThat(owed).allSatisfy(one -> assertThat(one.amount()).isPositive());
  }

  @Example
  void aCreatorWhoAgreedUponNothingGetsAll() {
    assertThat(Owed.divide(BigDecimal.TEN, new Economics(null, List.of(), null), TWO, "ada"))
        .singleElement()
        .satisfies(one -> assertThat(one.recipient()).isEqualTo("ada"))
        .satisfies(one -> assertThat(one.amount()).isEqualByComparingTo("10"));
  }

  @Example
  void hoursArePaidByTheSecond() {
    Pricing hourly = new Pricing(Pricing.Unit.HOUR, new Money("0.36", "USD"));
    assertThat(Owed.revenue(hourly, 3, 10)).isEqualByComparingTo("0.001");
    Pricing each = new Pricing(Pricing.Unit.SESSION, new Money("0.002", "USD"));
    assertThat(Owed.revenue(each, 3, 10)).isEqualByComparingTo("0.006");
  }
}
