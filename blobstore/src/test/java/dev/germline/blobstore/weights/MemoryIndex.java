package dev.germline.blobstore.weights;

import dev.germline.blobstore.segment.FramePlace;
import dev.germline.blobstore.segment.SegmentRef;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.Tenant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the database knows of pieces, for tests of what is done with it. */
final class MemoryIndex implements PieceIndex {
  private final Map<Tenant, Map<Digest, StoredPiece>> pieces = new HashMap<>();
  private final Map<Long, StoredPiece> byId = new HashMap<>();
  private final Map<Long, String> encodings = new HashMap<>();
  private final Map<Long, List<PlacedPiece>> recipes = new HashMap<>();
  private final List<SegmentRef> announced = new ArrayList<>();
  private long next = 1;

  @Override
  public synchronized Map<Digest, StoredPiece> use(Tenant tenant, Collection<Digest> digests) {
    Map<Digest, StoredPiece> found = new HashMap<>();
    for (Digest digest : digests) {
      StoredPiece piece = pieces.getOrDefault(tenant, Map.of()).get(digest);
      if (piece != null) {
        found.put(digest, piece);
      }
    }
    return found;
  }

  @Override
  public synchronized Map<Long, StoredPiece> byId(Collection<Long> ids) {
    Map<Long, StoredPiece> found = new HashMap<>(byId);
    found.keySet().retainAll(ids);
    return found;
  }

  @Override
  public synchronized void announce(Tenant tenant, SegmentRef segment, int length) {
    announced.add(segment);
  }

  @Override
  public synchronized Map<Digest, StoredPiece> packed(
      Tenant tenant, SegmentRef segment, List<PackedPiece> packed) {
    Map<Digest, StoredPiece> mine = pieces.computeIfAbsent(tenant, _ -> new HashMap<>());
    for (PackedPiece piece : packed) {
      mine.computeIfAbsent(
          piece.digest(),
          digest -> {
            StoredPiece stored =
                new StoredPiece(
                    next++,
                    digest,
                    piece.size(),
                    new FramePlace(segment, piece.frameOffset(), piece.frameLength()),
                    piece.base(),
                    piece.depth());
            byId.put(stored.id(), stored);
            encodings.put(stored.id(), piece.encoding());
            return stored;
          });
    }
    return use(tenant, packed.stream().map(PackedPiece::digest).toList());
  }

  @Override
  public synchronized long newRecipe(Tenant tenant) {
    recipes.put(next, new ArrayList<>());
    return next++;
  }

  @Override
  public synchronized void append(long recipe, long offset, List<StoredPiece> stored) {
    long at = offset;
    for (StoredPiece piece : stored) {
      recipes.getOrDefault(recipe, List.of()).add(new PlacedPiece(at, piece));
      at += piece.size();
    }
  }

  @Override
  public synchronized List<PlacedPiece> of(long recipe, long offset, int most) {
    return recipes.getOrDefault(recipe, List.of()).stream()
        .filter(piece -> piece.end() > offset)
        .limit(most)
        .toList();
  }

  /** As compaction does: the piece lies elsewhere from now on. */
  synchronized void relocate(StoredPiece piece, FramePlace place) {
    StoredPiece moved =
        new StoredPiece(
            piece.id(), piece.digest(), piece.size(), place, piece.base(), piece.depth());
    byId.put(piece.id(), moved);
    pieces.values().forEach(tenants -> tenants.replace(piece.digest(), moved));
    recipes
        .values()
        .forEach(recipe ->
            recipe.replaceAll(placed ->
                placed.piece().id() == piece.id()
                    ? new PlacedPiece(placed.offset(), moved)
                    : placed));
  }

  synchronized int segments() {
    return announced.size();
  }

  synchronized long storedBytes() {
    return byId.values().stream().mapToLong(piece -> piece.place().length()).sum();
  }

  synchronized List<PlacedPiece> recipe(long recipe) {
    return List.copyOf(recipes.getOrDefault(recipe, List.of()));
  }

  synchronized String encoding(StoredPiece piece) {
    return encodings.getOrDefault(piece.id(), "");
  }
}
