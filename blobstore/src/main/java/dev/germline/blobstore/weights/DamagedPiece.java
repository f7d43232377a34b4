package dev.germline.blobstore.weights;

import org.jspecify.annotations.Nullable;

/**
 * A piece whose stored bytes are wrong in every replica. Who knows its file says so in its terms.
 */
final class DamagedPiece extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient StoredPiece piece;

  DamagedPiece(StoredPiece piece, @Nullable Throwable cause) {
    super("piece " + piece.digest() + " is damaged in every replica", cause);
    this.piece = piece;
  }

  StoredPiece piece() {
    return piece;
  }
}
