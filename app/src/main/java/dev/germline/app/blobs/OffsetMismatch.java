package dev.germline.app.blobs;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;

/** A part does not continue its upload; the answer says where to continue. */
final class OffsetMismatch extends RuntimeException {
  private final long offset;

  OffsetMismatch(long offset) {
    super("continue at " + offset);
    this.offset = offset;
  }

  long offset() {
    return offset;
  }

  GermlineException problem() {
    return new GermlineException(
        Fault.UPLOAD_OFFSET_MISMATCH,
        "this upload continues at byte %d (Upload-Offset)".formatted(offset));
  }
}
