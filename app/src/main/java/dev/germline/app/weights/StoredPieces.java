package dev.germline.app.weights;

import dev.germline.app.sql.Database;
import dev.germline.blobstore.segment.SegmentRef;
import dev.germline.blobstore.weights.PackedPiece;
import dev.germline.blobstore.weights.PieceIndex;
import dev.germline.blobstore.weights.PlacedPiece;
import dev.germline.blobstore.weights.StoredPiece;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.Tenant;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The index of pieces in MySQL. Thread-safe. */
public final class StoredPieces implements PieceIndex {
  private final PieceRows pieces;
  private final RecipeRows recipes;

  public StoredPieces(Database database, Clock clock) {
    this.pieces = new PieceRows(database, clock);
    this.recipes = new RecipeRows(database, clock);
  }

  @Override
  public Map<Digest, StoredPiece> use(Tenant tenant, Collection<Digest> digests) {
    return pieces.use(tenant, digests);
  }

  @Override
  public Map<Long, StoredPiece> byId(Collection<Long> ids) {
    return pieces.byId(ids);
  }

  @Override
  public void announce(Tenant tenant, SegmentRef segment, int length) {
    pieces.announce(tenant, segment, length);
  }

  @Override
  public Map<Digest, StoredPiece> packed(
      Tenant tenant, SegmentRef segment, List<PackedPiece> packed) {
    return pieces.packed(tenant, segment, packed);
  }

  @Override
  public long newRecipe(Tenant tenant) {
    return recipes.create(tenant);
  }

  @Override
  public void append(long recipe, long offset, List<StoredPiece> stored) {
    recipes.append(recipe, offset, stored);
  }

  @Override
  public List<PlacedPiece> of(long recipe, long offset, int most) {
    return recipes.of(recipe, offset, most);
  }
}
