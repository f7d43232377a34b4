package dev.germline.core.layers;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * An exact amount of a currency.
 *
 * @param amount a decimal text such as {@code 0.002}, below 10^12 with at most 9 places
 * @param currency three letters (ISO 4217), such as {@code USD}
 */
public record Money(String amount, String currency) {
  private static final Pattern AMOUNT = Pattern.compile("(0|[1-9][0-9]{0,11})(\\.[0-9]{1,9})?");
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

  public Money {
    if (!AMOUNT.matcher(Check.required("amount", amount)).matches()) {
      throw Check.invalid(
          "amount is "
              + Check.show(amount)
              + "; give a decimal text such as \"0.002\", at most 9 places");
    }
    if (!CURRENCY.matcher(Check.required("currency", currency)).matches()) {
      throw Check.invalid(
          "currency is " + Check.show(currency) + "; give three letters such as USD");
    }
  }

  /** The amount as a number. */
  public BigDecimal value() {
    return new BigDecimal(amount);
  }
}
