package dev.germline.app.identity;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.weights.Tenant;
import java.security.Principal;
import java.util.regex.Pattern;

/**
 * Who is asking. Controllers take one as an argument; services decide by it.
 *
 * @param name 1 to 128 of {@code A-Z a-z 0-9 . _ @ + -}
 * @param role what it may do
 * @param tenant whose bytes it uploads; see {@link Tenant}
 */
public record Caller(String name, Role role, Tenant tenant) implements Principal {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@+-]{1,128}");

  public Caller {
    if (!NAME.matcher(name).matches()) {
      throw new GermlineException(
          Fault.INVALID_NAME,
          "a subject is 1 to 128 of A-Z a-z 0-9 . _ @ + -, and not '%s'"
              .formatted(name.length() > 128 ? name.substring(0, 128) + "…" : name));
    }
  }

  /** A caller of the default tenant. */
  public Caller(String name, Role role) {
    this(name, role, Tenant.DEFAULT);
  }

  @Override
  public String getName() {
    return name;
  }

  public boolean admin() {
    return role == Role.ADMIN;
  }
}
