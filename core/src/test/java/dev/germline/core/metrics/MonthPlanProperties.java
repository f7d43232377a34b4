package dev.germline.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class MonthPlanProperties {
  private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

  @Property(tries = 200, seed = "4")
  void whateverHappenedBeforeEveryMonthHasItsPartitionAndNothingYoungIsDropped(
      @ForAll @IntRange(min = 1, max = 900) int retentionDays,
      @ForAll @IntRange(min = 0, max = 12) int ahead,
      @ForAll @IntRange(min = 0, max = 1500) int daysLater) {
    Duration retention = Duration.ofDays(retentionDays);
    List<YearMonth> months = new ArrayList<>();
    apply(months, MonthPlan.of(months, START, retention, ahead), START, retention);
    Instant now = START.plus(Duration.ofDays(daysLater));
    apply(months, MonthPlan.of(months, now, retention, ahead), now, retention);

    YearMonth first = MonthPlan.firstKept(now, retention);
    YearMonth last = YearMonth.from(now.atOffset(ZoneOffset.UTC)).plusMonths(ahead);
    assertThat(months).isSorted().doesNotHaveDuplicates();
    assertThat(months.getLast()).isEqualTo(last);
    assertThat(months).allMatch(month -> !month.isBefore(first));
    for (YearMonth month = months.getFirst(); !month.isAfter(last); month = month.plusMonths(1)) {
      assertThat(months).contains(month);
    }
    MonthPlan again = MonthPlan.of(months, now, retention, ahead);
    assertThat(again.add()).isEmpty();
    assertThat(again.drop()).isEmpty();
  }

  private static void apply(
      List<YearMonth> months, MonthPlan plan, Instant now, Duration retention) {
    if (!months.isEmpty() && !plan.add().isEmpty()) {
      assertThat(plan.add().getFirst()).isAfter(months.getLast());
    }
    plan.drop()
        .forEach(month ->
            assertThat(MonthPlan.end(month))
                .isLessThanOrEqualTo(now.minus(retention).toEpochMilli()));
    months.addAll(plan.add());
    months.removeAll(plan.drop());
  }
}
