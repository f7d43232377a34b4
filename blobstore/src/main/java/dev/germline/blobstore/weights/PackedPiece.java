package dev.germline.blobstore.weights;

import dev.germline.core.substrate.Digest;
import java.util.OptionalLong;

/**
 * A piece that lies in a segment just stored.
 *
 * @param size of its bytes
 * @param frameOffset of its frame in the segment
 * @param frameLength as stored
 * @param encoding in a word, for statistics
 * @param base the row of the piece that it is coded against
 */
public record PackedPiece(
    Digest digest,
    int size,
    int frameOffset,
    int frameLength,
    String encoding,
    OptionalLong base,
    int depth) {
  PackedPiece at(int offset, int length) {
    return new PackedPiece(digest, size, offset, length, encoding, base, depth);
  }
}
