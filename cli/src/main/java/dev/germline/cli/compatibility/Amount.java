package dev.germline.cli.compatibility;

import dev.germline.cli.ExitCode;
import dev.germline.cli.Stop;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Amounts of bytes as people write them: {@code 24GB}, {@code 1.5TB}, {@code 8GiB}, {@code 512}.
 */
final class Amount {
  private static final Pattern AMOUNT =
      Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,6})?) ?([KMGT]?i?B?)", Pattern.CASE_INSENSITIVE);
  private static final Map<String, Long> UNITS =
      Map.of(
          "",
          1L,
          "k",
          1_000L,
          "m",
          1_000_000L,
          "g",
          1_000_000_000L,
          "t",
          1_000_000_000_000L,
          "i",
          1L,
          "ki",
          1L << 10,
          "mi",
          1L << 20,
          "gi",
          1L << 30,
          "ti",
          1L << 40);

  private Amount() {}

  /**
   * In bytes.
   *
   * @throws Stop USAGE
   */
  static long bytes(String option, String text) {
    Matcher amount = AMOUNT.matcher(text.strip());
    if (!amount.matches()) {
      throw new Stop(
          ExitCode.USAGE, option + " is '" + text + "'; give an amount such as 24GB or 8GiB");
    }
    String unit = amount.group(2).toLowerCase(Locale.ROOT);
    unit = unit.endsWith("b") ? unit.substring(0, unit.length() - 1) : unit;
    return new BigDecimal(amount.group(1))
        .multiply(BigDecimal.valueOf(UNITS.getOrDefault(unit, 1L)))
        .longValue();
  }
}
