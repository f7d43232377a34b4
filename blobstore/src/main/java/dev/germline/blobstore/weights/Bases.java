package dev.germline.blobstore.weights;

import dev.germline.core.weights.TensorSpan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The file of a parent, as that against which a child's tensors are coded: each against the one of
 * the same name, type and shape, or of the same rows but for their number. For one thread.
 */
public final class Bases {
  private static final int PAGE = 1024;

  private final PieceIndex index;
  private final long recipe;
  private final Map<String, TensorSpan> tensors = new HashMap<>();
  private List<PlacedPiece> page = List.of();

  /**
   * @param recipe the recipe of the parent's file
   * @param tensors its tensors
   */
  public Bases(PieceIndex index, long recipe, List<TensorSpan> tensors) {
    this.index = index;
    this.recipe = recipe;
    tensors.forEach(tensor -> this.tensors.putIfAbsent(tensor.name(), tensor));
  }

  /** No parent is known. */
  public static Bases none(PieceIndex index) {
    return new Bases(index, -1, List.of());
  }

  /** Whether there is nothing that a child could be coded against. */
  boolean isEmpty() {
    return tensors.isEmpty();
  }

  /** The piece of the parent's tensor that begins at this offset in the tensor, if one does. */
  Optional<StoredPiece> at(TensorSpan child, long offset) {
    TensorSpan parent = tensors.get(child.name());
    if (parent == null || !alike(child, parent) || offset >= parent.bytes()) {
      return Optional.empty();
    }
    long wanted = parent.begin() + offset;
    return placed(wanted)
        .filter(piece -> piece.offset() == wanted && piece.end() <= parent.end())
        .map(PlacedPiece::piece)
        .map(this::withinDepth);
  }

  /** Beyond the greatest depth a piece is coded against what its base is coded against. */
  private StoredPiece withinDepth(StoredPiece base) {
    if (base.depth() < StoredPiece.MAX_DEPTH || base.base().isEmpty()) {
      return base;
    }
    long under = base.base().getAsLong();
    StoredPiece ancestor = index.byId(List.of(under)).get(under);
    return ancestor == null ? base : ancestor;
  }

  private Optional<PlacedPiece> placed(long offset) {
    if (page.isEmpty() || offset < page.getFirst().offset() || offset >= page.getLast().end()) {
      page = index.of(recipe, offset, PAGE);
    }
    int low = 0;
    int high = page.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      PlacedPiece piece = page.get(middle);
      if (piece.end() <= offset) {
        low = middle + 1;
      } else if (piece.offset() > offset) {
        high = middle - 1;
      } else {
        return Optional.of(piece);
      }
    }
    return Optional.empty();
  }

  private static boolean alike(TensorSpan child, TensorSpan parent) {
    if (child.name().isEmpty() || !child.dtype().equals(parent.dtype())) {
      return false;
    }
    List<Long> a = child.shape();
    List<Long> b = parent.shape();
    return a.equals(b)
        || (a.size() == b.size()
            && a.size() > 1
            && a.subList(1, a.size()).equals(b.subList(1, b.size())));
  }
}
