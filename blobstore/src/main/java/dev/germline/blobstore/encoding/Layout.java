package dev.germline.blobstore.encoding;

/** How the elements of a piece lie in its frame. */
public enum Layout {
  /** The bytes as they are. */
  RAW,
  /** All bytes in one zstd frame: text, tables, repetition. */
  ZSTD,
  /** One stream for each byte of an element: first all lowest bytes, then all second, and so on. */
  PLANES,
  /** As {@link #PLANES}, each plane sorted into a stream for each exponent of the base. */
  BUCKETS
}
