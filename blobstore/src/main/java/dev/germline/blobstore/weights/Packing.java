package dev.germline.blobstore.weights;

import dev.germline.blobstore.encoding.Encoding;
import dev.germline.blobstore.encoding.PieceCodec;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.Tenant;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Brings the pieces of one file into the store: those that it does not have are encoded side by
 * side, decoded again to see that nothing is lost, and packed into segments in the order of the
 * file. For one thread.
 */
final class Packing implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Packing.class.getName());

  private final Tenant tenant;
  private final PieceIndex index;
  private final PieceReader reader;
  private final Workers workers;
  private final Segments segments;
  private final Transfer transfer;
  private final long recipe;

  /** Pieces in the order of the file that are not in the recipe yet. */
  private final Deque<Digest> order = new ArrayDeque<>();

  private long offset;

  // A batch's, for the next one.
  private byte[] frameBytes = new byte[0];
  private byte[] baseBytes = new byte[0];

  Packing(
      Tenant tenant,
      PieceIndex index,
      PieceReader reader,
      Workers workers,
      Segments segments,
      Transfer transfer) {
    this.tenant = tenant;
    this.index = index;
    this.reader = reader;
    this.workers = workers;
    this.segments = segments;
    this.transfer = transfer;
    this.recipe = index.newRecipe(tenant);
  }

  /** A piece that the store does not have, and where the work on it lies in the arrays. */
  private record Fresh(
      int offset,
      Cutter.Cut cut,
      Digest digest,
      int frameAt,
      Optional<StoredPiece> base,
      int baseAt) {}

  /** Takes the next pieces of the file; what cannot be known to be right is not stored. */
  void pack(Batch batch) throws IOException {
    Digest[] digests = new Digest[batch.pieces()];
    workers.each(
        digests.length,
        (i, _) -> digests[i] = Blake3.hash(batch.bytes(), batch.offset(i), batch.cut(i).length()));
    order.addAll(Arrays.asList(digests));
    Map<Digest, Integer> unknown = new LinkedHashMap<>();
    for (int i = 0; i < digests.length; i++) {
      if (!segments.has(digests[i])) {
        unknown.putIfAbsent(digests[i], i);
      }
    }
    Map<Digest, StoredPiece> present = index.use(tenant, unknown.keySet());
    segments.know(present.values());
    unknown.keySet().removeAll(present.keySet());
    if (!unknown.isEmpty()) {
      store(batch, unknown);
    }
    extendRecipe();
  }

  /** What is stored without a gap from the file's begin on, its recipe has at once. */
  private void extendRecipe() {
    List<StoredPiece> next = new ArrayList<>();
    long bytes = 0;
    while (!order.isEmpty()) {
      Optional<StoredPiece> stored = segments.stored(order.peekFirst());
      if (stored.isEmpty()) {
        break;
      }
      order.removeFirst();
      next.add(stored.get());
      bytes += stored.get().size();
    }
    if (!next.isEmpty()) {
      index.append(recipe, offset, next);
      offset += bytes;
      transfer.stored(recipe, offset);
    }
  }

  private void store(Batch batch, Map<Digest, Integer> unknown) throws IOException {
    List<Fresh> fresh = new ArrayList<>();
    List<StoredPiece> bases = new ArrayList<>();
    int frameAt = 0;
    int baseAt = 0;
    for (Map.Entry<Digest, Integer> one : unknown.entrySet()) {
      Cutter.Cut cut = batch.cut(one.getValue());
      fresh.add(
          new Fresh(batch.offset(one.getValue()), cut, one.getKey(), frameAt, cut.base(), baseAt));
      frameAt += PieceCodec.maxFrame(cut.length());
      if (cut.base().isPresent()) {
        bases.add(cut.base().get());
        baseAt += cut.base().get().size();
      }
    }
    baseBytes = atLeast(baseBytes, baseAt);
    frameBytes = atLeast(frameBytes, frameAt);
    byte[] base = baseBytes;
    byte[] frames = frameBytes;
    boolean based = read(bases, base);
    Encoding[] made = new Encoding[fresh.size()];
    workers.each(
        made.length,
        (i, desk) ->
            made[i] = encode(fresh.get(i), batch.bytes(), based ? base : null, frames, desk));
    for (int i = 0; i < made.length; i++) {
      Fresh piece = fresh.get(i);
      Optional<StoredPiece> under = made[i].needsBase() ? piece.base() : Optional.empty();
      segments.add(
          frames,
          piece.frameAt(),
          made[i].frameLength(),
          new PackedPiece(
              piece.digest(),
              piece.cut().length(),
              0,
              0,
              made[i].label(),
              under.map(p -> OptionalLong.of(p.id())).orElse(OptionalLong.empty()),
              under.map(p -> p.depth() + 1).orElse(0)));
    }
  }

  private static byte[] atLeast(byte[] bytes, int length) {
    return bytes.length < length ? new byte[length] : bytes;
  }

  /** A parent that cannot be read is no reason to refuse its child, which is stored without it. */
  private boolean read(List<StoredPiece> bases, byte[] into) throws IOException {
    try {
      reader.read(bases, into);
      return true;
    } catch (DamagedPiece damaged) {
      LOG.log(Level.WARNING, "A file is stored without its parent: {0}", damaged.getMessage());
      return false;
    }
  }

  private static Encoding encode(
      Fresh piece, byte[] bytes, byte @Nullable [] bases, byte[] frames, Workers.Desk desk) {
    int length = piece.cut().length();
    byte[] base = piece.base().isPresent() ? bases : null;
    Encoding made =
        desk.codec.encode(
            bytes,
            piece.offset(),
            length,
            piece.cut().type(),
            base,
            piece.baseAt(),
            frames,
            piece.frameAt());
    desk.codec.decode(
        frames, piece.frameAt(), made.frameLength(), base, piece.baseAt(), desk.one, 0, length);
    if (!Arrays.equals(desk.one, 0, length, bytes, piece.offset(), piece.offset() + length)) {
      throw new IllegalStateException(
          "piece " + piece.digest() + " does not come back from " + made.label());
    }
    return made;
  }

  /** Waits until everything that came in is stored; gives the recipe. */
  long finish() throws IOException {
    segments.finish();
    extendRecipe();
    if (!order.isEmpty()) {
      throw new IllegalStateException("piece " + order.peekFirst() + " is not stored after all");
    }
    return recipe;
  }

  @Override
  public void close() {
    segments.close();
  }
}
