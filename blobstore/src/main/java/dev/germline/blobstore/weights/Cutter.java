package dev.germline.blobstore.weights;

import dev.germline.blobstore.encoding.ElementType;
import dev.germline.blobstore.encoding.PieceCodec;
import dev.germline.core.weights.TensorSpan;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * Decides where a file is cut: at the begin and end of every tensor of some size, inside of those
 * every 4 MiB or where the parent's tensor is cut, and what lies between tensors, or has none, by
 * its content. Tensors may be told from another thread.
 */
final class Cutter {
  /** The longest piece, in bytes. */
  static final int MAX_PIECE = PieceCodec.MAX_PIECE;

  /** A smaller tensor stays with what surrounds it: a piece costs about as much as it holds. */
  private static final int MIN_TENSOR = 512;

  /** A base is read whole, so it should not be much longer than what it helps with. */
  private static final int LARGEST_BASE = 2;

  private final long size;
  private final Bases bases;
  private final ConcurrentLinkedDeque<TensorSpan> ahead = new ConcurrentLinkedDeque<>();

  /**
   * The piece to cut next.
   *
   * @param length in bytes
   * @param free whether it may be cut shorter, by its content
   */
  record Cut(int length, boolean free, ElementType type, Optional<StoredPiece> base) {}

  Cutter(long size, Bases bases) {
    this.size = size;
    this.bases = bases;
  }

  /** Tells of a tensor; in rising order. */
  void tensor(TensorSpan tensor) {
    if (tensor.bytes() >= MIN_TENSOR) {
      ahead.addLast(tensor);
    }
  }

  /**
   * The piece that begins at an offset.
   *
   * @param known up to where all tensors have been told
   * @return null when more must be known first
   */
  @Nullable Cut at(long offset, long known) {
    TensorSpan next = ahead.peekFirst();
    // A file that lies about its tensors may overlap them; the first one counts.
    while (next != null && next.end() <= offset) {
      ahead.removeFirst();
      next = ahead.peekFirst();
    }
    if (next != null && next.begin() <= offset) {
      return inside(next, offset);
    }
    long end = next == null ? known : next.begin();
    if (end - offset >= MAX_PIECE) {
      return new Cut(MAX_PIECE, true, ElementType.BYTES, Optional.empty());
    }
    if (next == null && known < size) {
      return null;
    }
    return new Cut((int) (end - offset), true, ElementType.BYTES, Optional.empty());
  }

  private Cut inside(TensorSpan tensor, long offset) {
    int length = (int) Math.min(MAX_PIECE, tensor.end() - offset);
    Optional<StoredPiece> base = bases.at(tensor, offset - tensor.begin());
    if (base.isPresent()) {
      length = Math.min(length, base.get().size());
      if (base.get().size() > LARGEST_BASE * length) {
        base = Optional.empty(); // it would be read for little
      }
    }
    return new Cut(length, false, ElementType.of(tensor.dtype()), base);
  }
}
