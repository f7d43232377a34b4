package dev.germline.core.substrate;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;

/** The checks the entities share; all fail with INVALID_ENTITY. */
final class Require {
  static final long U32_MAX = 0xFFFF_FFFFL;

  private Require() {}

  static void that(boolean condition, String detail) {
    if (!condition) {
      throw new GermlineException(Fault.INVALID_ENTITY, detail);
    }
  }

  static void u32(long value, String what) {
    that(value >= 0 && value <= U32_MAX, what + " is an unsigned 32-bit number, not " + value);
  }

  static void notNegative(long value, String what) {
    that(value >= 0, what + " is between 0 and 2^63-1, not " + value);
  }

  static void derived(Object given, Object expected, String what) {
    that(
        given.equals(expected),
        what + " is " + given + " but derives to " + expected + " (CP-001)");
  }
}
