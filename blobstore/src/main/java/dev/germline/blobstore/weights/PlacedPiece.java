package dev.germline.blobstore.weights;

/**
 * A piece as part of a blob.
 *
 * @param offset of its first byte in the blob
 */
public record PlacedPiece(long offset, StoredPiece piece) {
  /** One past its last byte in the blob. */
  public long end() {
    return offset + piece.size();
  }
}
