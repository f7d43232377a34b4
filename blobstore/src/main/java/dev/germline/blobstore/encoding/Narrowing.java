package dev.germline.blobstore.encoding;

/** The narrower type that holds every value of an {@link ElementType#F32} piece exactly. */
public enum Narrowing {
  /** Elements stay as wide as they are. */
  NONE,
  /** The upper half of each element, the lower being zero; NaNs keep their payload. */
  BF16,
  /** IEEE 754 binary16; never used where a value is a NaN. */
  F16
}
