package dev.germline.core.layers;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who may see a layer and on which terms.
 *
 * @param allowedUsers user names for {@code whitelist}, at most 1,024; empty for the others
 * @param license the terms; absent means none were given, which is not permission
 * @param restrictedDomains what it must not be used for, such as {@code medical}, at most 64
 * @param economicModel what it costs and who gets it; absent means free
 * @param distribution where it goes; absent means nowhere but here
 */
public record Sharing(
    Visibility visibility,
    List<String> allowedUsers,
    @Nullable License license,
    List<String> restrictedDomains,
    @Nullable Economics economicModel,
    @Nullable Distribution distribution) {
  private static final int MAX_USERS = 1024;

  /** Who may see a layer. */
  public enum Visibility {
    PUBLIC,
    PRIVATE,
    ORGANIZATION,
    WHITELIST;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Sharing {
    Check.required("visibility", visibility);
    allowedUsers = Check.texts("allowedUsers", allowedUsers, MAX_USERS);
    restrictedDomains = Check.texts("restrictedDomains", restrictedDomains, 64);
    if (visibility == Visibility.WHITELIST && allowedUsers.isEmpty()) {
      throw Check.invalid("allowedUsers is empty; visibility whitelist needs at least one user");
    }
    if (visibility != Visibility.WHITELIST && !allowedUsers.isEmpty()) {
      throw Check.invalid(
          "allowedUsers is given with visibility " + visibility + "; give it with whitelist only");
    }
  }

  /** Visible to these, on these terms, and nothing else said. */
  public Sharing(Visibility visibility, List<String> allowedUsers, @Nullable License license) {
    this(visibility, allowedUsers, license, List.of(), null, null);
  }

  /** Visible to its creator only, no terms. */
  public static Sharing ofPrivate() {
    return new Sharing(Visibility.PRIVATE, List.of(), null);
  }
}
