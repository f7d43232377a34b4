package dev.germline.core.layers;

import java.util.Locale;

/** How thoroughly a layer is looked at (docs/sharing.md); each level does what those before do. */
public enum ValidationLevel {
  /** Schema, hashes, formats. */
  BASIC,
  /** Dependencies, licences, provenance, and that every number in every tensor is finite. */
  THOROUGH,
  /** Benchmark claims run again, where a harness is registered. */
  COMPREHENSIVE;

  /** The name used in JSON and the API, such as {@code basic}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
