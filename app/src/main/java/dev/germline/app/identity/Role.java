package dev.germline.app.identity;

/** The tiers above anonymous. */
public enum Role {
  /** Reads what it may see, publishes its own. */
  USER,
  /** Everything, operations included. */
  ADMIN;

  /** For {@code @Secured}: any signed-in caller. */
  public static final String ANY = "isAuthenticated()";

  /** For {@code @Secured}: {@link #ADMIN} by name. */
  public static final String ADMIN_ONLY = "ADMIN";
}
