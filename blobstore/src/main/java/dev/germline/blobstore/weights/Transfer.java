package dev.germline.blobstore.weights;

/** Is told how far an upload is, from any thread but never from two at once. */
public interface Transfer {
  /** So many bytes have come in. */
  default void received(long bytes) {}

  /**
   * So many bytes from the begin on are stored, and are in this recipe: they need not be sent
   * again.
   */
  default void stored(long recipe, long bytes) {}
}
