package dev.germline.blobstore.encoding;

/**
 * What became of a piece.
 *
 * @param frameLength bytes of its frame
 * @param layout how its elements lie there
 * @param narrowing what they were narrowed to first
 * @param needsBase whether the frame holds differences to the base, without which it does not
 *     decode
 */
public record Encoding(int frameLength, Layout layout, Narrowing narrowing, boolean needsBase) {

  /**
   * A word for each kind, for statistics: {@code raw}, {@code bf16+planes}, {@code delta+buckets}.
   */
  public String label() {
    String narrowed =
        switch (narrowing) {
          case NONE -> "";
          case F16 -> "f16+";
          case BF16 -> "bf16+";
        };
    String laid =
        switch (layout) {
          case RAW -> "raw";
          case ZSTD -> "zstd";
          case PLANES -> "planes";
          case BUCKETS -> "buckets";
        };
    return narrowed + (needsBase ? "delta+" : "") + laid;
  }
}
