package dev.germline.blobstore.weights;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;

/** Why a recipe has nothing at an offset within its blob. */
final class MissingPiece {
  private MissingPiece() {}

  /** A recipe goes as a whole, when nothing refers to it; one with a gap is a defect. */
  static RuntimeException of(PieceIndex index, long recipe, long offset) {
    return index.of(recipe, 0, 1).isEmpty()
        ? new GermlineException(
            Fault.BLOB_NOT_FOUND,
            "the bytes were collected while they were read, as no layer has them; send them again")
        : new IllegalStateException("recipe " + recipe + " has no piece at " + offset);
  }
}
