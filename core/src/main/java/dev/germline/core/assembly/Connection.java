package dev.germline.core.assembly;

import java.util.Locale;

/**
 * How two layers connect (specs/genomic-data-architecture.md, LayerConnection).
 *
 * @param from id of a part
 * @param to id of a part
 * @param strength from 0 to 1
 */
public record Connection(String from, String to, Type type, double strength) {
  /** What flows along it. */
  public enum Type {
    /** The output of the one is the input of the other. */
    SEQUENTIAL,
    /** Both work on the same input. */
    PARALLEL,
    /** A sequential connection past others. */
    SKIP,
    /** The other combines several inputs, of which this is one. */
    MERGE;

    /** The name in JSON, such as {@code sequential}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
