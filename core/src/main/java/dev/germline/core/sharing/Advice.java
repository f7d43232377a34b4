package dev.germline.core.sharing;

import dev.germline.core.layers.Distribution.Propagation;
import dev.germline.core.layers.LayerStatus;
import java.util.Locale;

/** What those who depend on a layer are to do about it (docs/sharing.md, "Telling dependents"). */
public enum Advice {
  /** Go on. */
  NOTHING,
  /** Know of it. */
  LOOK,
  /** Change over when it suits. */
  SHOULD_REPLACE,
  /** Change over before going on. */
  MUST_REPLACE;

  /**
   * By the layer's policy and status. A revocation is about harm: it holds whatever the policy.
   *
   * @param newer whether there is a newer version to change over to
   */
  public static Advice of(Propagation policy, LayerStatus status, boolean newer) {
    return switch (status) {
      case REVOKED -> MUST_REPLACE;
      case YANKED -> of(policy);
      case ACTIVE -> newer ? of(policy) : NOTHING;
    };
  }

  private static Advice of(Propagation policy) {
    return switch (policy) {
      case NONE -> NOTHING;
      case NOTIFY -> LOOK;
      case RECOMMEND -> SHOULD_REPLACE;
      case REQUIRE -> MUST_REPLACE;
    };
  }

  /** The name used in JSON, such as {@code must-replace}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
