package dev.germline.core.layers;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.regex.Pattern;

/**
 * A part of a whole as an exact decimal from 0 (excluded) to 1, with at most 9 places. JSON writes
 * it as a text such as {@code "0.25"}: binary fractions do not add up to 1.
 */
public record Share(BigDecimal value) {
  /** Most decimal places of a share. */
  public static final int MAX_PLACES = 9;

  private static final Pattern FORM = Pattern.compile("(0|1)(\\.[0-9]{1,9})?");

  public Share {
    value = Check.required("share", value).stripTrailingZeros();
    if (value.signum() <= 0 || value.compareTo(BigDecimal.ONE) > 0 || value.scale() > MAX_PLACES) {
      throw Check.invalid(
          "share is "
              + Check.show(value.toPlainString())
              + "; give a number above 0 and at most 1, with at most 9 decimal places");
    }
    if (value.scale() < 0) {
      value = value.setScale(0);
    }
  }

  /**
   * Reads a share such as {@code 0.25}.
   *
   * @throws dev.germline.core.GermlineException INVALID_LAYER
   */
  public static Share parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw Check.invalid(
          "share is "
              + Check.show(text)
              + "; give a decimal text such as \"0.25\", with at most 9 places");
    }
    return new Share(new BigDecimal(text));
  }

  /** The exact sum. */
  public static BigDecimal sum(Collection<Share> shares) {
    return shares.stream().map(Share::value).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /**
   * Shares that divide a whole: none at all, or together exactly 1.
   *
   * @throws dev.germline.core.GermlineException INVALID_LAYER with their sum
   */
  static void requireWhole(String field, Collection<Share> shares) {
    BigDecimal sum = sum(shares);
    if (!shares.isEmpty() && sum.compareTo(BigDecimal.ONE) != 0) {
      throw Check.invalid(
          "the shares of "
              + field
              + " are together "
              + sum.stripTrailingZeros().toPlainString()
              + "; they must be exactly 1");
    }
  }

  @Override
  public String toString() {
    return value.toPlainString();
  }
}
