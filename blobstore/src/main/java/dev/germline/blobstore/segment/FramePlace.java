package dev.germline.blobstore.segment;

/**
 * Where a frame lies, or several side by side.
 *
 * @param segment that holds it
 * @param offset of its first byte there
 * @param length in bytes as stored, at least 1
 */
public record FramePlace(SegmentRef segment, int offset, int length) {
  public FramePlace {
    if (offset < 0 || length < 1 || offset > Integer.MAX_VALUE - length) {
      throw new IllegalArgumentException(offset + " + " + length);
    }
  }

  int end() {
    return offset + length;
  }
}
