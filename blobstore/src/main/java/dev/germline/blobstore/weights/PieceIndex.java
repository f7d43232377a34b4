package dev.germline.blobstore.weights;

import dev.germline.blobstore.segment.SegmentRef;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.Tenant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Where pieces lie, and of which pieces files are made (their recipes). Implemented over the
 * registry's database, which also keeps what is referred to from being collected. Thread-safe.
 */
public interface PieceIndex {
  /** Those of the pieces that the tenant has; they are not collected for a while from now on. */
  Map<Digest, StoredPiece> use(Tenant tenant, Collection<Digest> digests);

  /** Pieces by their rows; one that is gone is left out. */
  Map<Long, StoredPiece> byId(Collection<Long> ids);

  /** Tells of a segment that is about to be stored, so that it is known whatever happens then. */
  void announce(Tenant tenant, SegmentRef segment, int length);

  /**
   * Tells of the pieces of a segment that is stored. A piece that came in otherwise meanwhile stays
   * where it is.
   *
   * @return all of them, wherever they lie
   */
  Map<Digest, StoredPiece> packed(Tenant tenant, SegmentRef segment, List<PackedPiece> pieces);

  /** A recipe without pieces; one that nothing comes to refer to is collected. */
  long newRecipe(Tenant tenant);

  /** Goes on with a recipe; the pieces follow each other from {@code offset} on. */
  void append(long recipe, long offset, List<StoredPiece> pieces);

  /**
   * Pieces of a recipe in order, from the one on that holds the byte at {@code offset}.
   *
   * @param most how many
   */
  List<PlacedPiece> of(long recipe, long offset, int most);
}
