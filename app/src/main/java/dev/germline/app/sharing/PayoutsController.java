package dev.germline.app.sharing;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is owed for the use of layers. */
@Controller("/api/v1/payouts")
@Secured(Role.ANY)
@Tag(name = "sharing")
final class PayoutsController {
  private final Payouts payouts;

  PayoutsController(Payouts payouts) {
    this.payouts = payouts;
  }

  /**
   * What was computed.
   *
   * @param layers for which something is owed now that was not before
   * @param revenue of these by currency, decimal texts
   */
  @Schema(name = "ComputedPayouts")
  record ComputedView(String month, long layers, Map<String, String> revenue) {}

  /**
   * What somebody is owed for the use of a layer in a month.
   *
   * @param layer absent where the reader may not see it
   * @param reason contribution or revenue
   * @param amount a decimal text
   */
  @Schema(name = "Payout")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record PayoutView(
      @Nullable String layer,
      String month,
      String recipient,
      String reason,
      String amount,
      String currency,
      long sessions,
      String computedAt) {
    static PayoutView of(PayoutRows.Row row) {
      return new PayoutView(
          row.layer(),
          row.month(),
          row.recipient(),
          row.reason(),
          row.amount().toPlainString(),
          row.currency(),
          row.sessions(),
          row.computedAt().toString());
    }
  }

  /** Some of what is owed. */
  @Schema(name = "PayoutList")
  record PayoutList(List<PayoutView> items) {}

  /**
   * Computes what is owed for a month that is over; what was computed before stays.
   *
   * @param month such as 2026-10
   */
  @Post
  @Secured(Role.ADMIN_ONLY)
  @Status(HttpStatus.OK)
  ComputedView compute(@QueryValue String month) {
    Payouts.Computed computed = payouts.compute(month);
    Map<String, String> revenue = new LinkedHashMap<>();
    computed.revenue().forEach((currency, sum) -> revenue.put(currency, sum.toPlainString()));
    return new ComputedView(computed.month(), computed.layers(), revenue);
  }

  /**
   * What the caller is owed for a month; an admin may ask of anybody.
   *
   * @param recipient only what this one is owed
   * @param limit at most so many, 1 to 500
   * @param offset so many are passed over
   */
  @Get
  PayoutList owed(
      Caller caller,
      @QueryValue String month,
      @QueryValue @Nullable String recipient,
      @QueryValue(defaultValue = "100") int limit,
      @QueryValue(defaultValue = "0") int offset) {
    return new PayoutList(
        payouts.owed(caller, month, recipient, offset, limit).stream()
            .map(PayoutView::of)
            .toList());
  }
}
