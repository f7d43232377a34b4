package dev.germline.core.weights;

/** How much of a file's description is read; files beyond are refused before memory is taken. */
final class Limits {
  /** The largest mixture-of-experts shards published stay below a fifth of this. */
  static final int TENSORS = 1 << 18;

  static final int NAME_BYTES = 4096;
  static final int DIMENSIONS = 64;
  static final int METADATA_ENTRIES = 1 << 16;

  /** Of all metadata texts of one file together. */
  static final int METADATA_BYTES = 16 << 20;

  private Limits() {}
}
