package dev.germline.core.weights;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.util.regex.Pattern;

/**
 * Whose bytes they are. Tenants share no stored bytes and no keys, so that nobody can tell from a
 * quick upload what another has.
 *
 * @param name 1 to 64 of {@code a-z 0-9 . _ -}, beginning with a letter or digit
 */
public record Tenant(String name) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  /** The one of everybody whose token names none. */
  public static final Tenant DEFAULT = new Tenant("default");

  public Tenant {
    if (!NAME.matcher(name).matches()) {
      throw new GermlineException(
          Fault.INVALID_NAME,
          "a tenant is 1 to 64 of a-z 0-9 . _ - and begins with a letter or digit, and not '%s'"
              .formatted(name.length() > 64 ? name.substring(0, 64) + "…" : name));
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
