package dev.germline.blobstore.weights;

import dev.germline.blobstore.segment.FramePlace;
import dev.germline.core.substrate.Digest;
import java.util.OptionalLong;

/**
 * A piece that is in the store.
 *
 * @param id of its row
 * @param digest BLAKE3 of its bytes
 * @param size of its bytes
 * @param place of its frame
 * @param base the row of the piece that it is coded against
 * @param depth how many pieces lie under it so, 0 to {@link #MAX_DEPTH}
 */
public record StoredPiece(
    long id, Digest digest, int size, FramePlace place, OptionalLong base, int depth) {
  /** Reading a piece decodes at most this many others. */
  public static final int MAX_DEPTH = 4;
}
