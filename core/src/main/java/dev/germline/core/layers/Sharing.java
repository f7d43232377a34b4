package dev.germline.core.layers;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who may see a layer and on which terms.
 *
 * @param allowedUsers user names for {@code whitelist}, at most 1,024; empty for the others
 * @param license the terms; absent means none were given, which is not permission
 */
public record Sharing(Visibility visibility, List<String> allowedUsers, @Nullable License license) {
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
    if (visibility == Visibility.WHITELIST && allowedUsers.isEmpty()) {
      throw Check.invalid("allowedUsers is empty; visibility whitelist needs at least one user");
    }
    if (visibility != Visibility.WHITELIST && !allowedUsers.isEmpty()) {
      throw Check.invalid(
          "allowedUsers is given with visibility " + visibility + "; give it with whitelist only");
    }
  }

  /** Visible to its creator only, no terms. */
  public static Sharing ofPrivate() {
    return new Sharing(Visibility.PRIVATE, List.of(), null);
  }
}
