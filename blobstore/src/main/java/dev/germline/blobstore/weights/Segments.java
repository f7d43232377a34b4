package dev.germline.blobstore.weights;

import dev.germline.blobstore.segment.Segment;
import dev.germline.blobstore.segment.SegmentStore;
import dev.germline.blobstore.segment.SegmentWriter;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.Tenant;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The segments that one upload fills, one after the other: while two are stored the next is filled.
 * Its row is written before the object, its pieces after. For one thread.
 */
final class Segments implements AutoCloseable {
  private static final int MOST_KNOWN = 100_000;

  /** Segments being stored; a third is filled. */
  private static final int AT_ONCE = 2;

  private final Tenant tenant;
  private final PieceIndex index;
  private final SegmentStore store;
  private final Map<Digest, StoredPiece> stored = new HashMap<>();
  private final Set<Digest> onTheWay = new HashSet<>();
  private @Nullable SegmentWriter writer;
  private List<PackedPiece> packed = new ArrayList<>();
  private final Deque<Background<Map<Digest, StoredPiece>>> storing = new ArrayDeque<>();

  Segments(Tenant tenant, PieceIndex index, SegmentStore store) {
    this.tenant = tenant;
    this.index = index;
    this.store = store;
  }

  /** Whether a piece is stored or on its way. */
  boolean has(Digest digest) {
    return stored.containsKey(digest) || onTheWay.contains(digest);
  }

  /** A piece that is stored, if it is by now. */
  Optional<StoredPiece> stored(Digest digest) {
    return Optional.ofNullable(stored.get(digest));
  }

  /** These were stored before. */
  void know(Collection<StoredPiece> pieces) {
    if (stored.size() > MOST_KNOWN) {
      stored.clear(); // the index knows them too
    }
    pieces.forEach(piece -> stored.put(piece.digest(), piece));
  }

  /** Adds a frame; the piece's place in the segment is filled in here. */
  void add(byte[] frames, int offset, int length, PackedPiece piece) throws IOException {
    SegmentWriter open = writer;
    if (open == null) {
      open = store.begin(tenant);
      writer = open;
    }
    SegmentWriter.Slot slot = open.add(piece.digest(), frames, offset, length);
    packed.add(piece.at(slot.offset(), slot.length()));
    onTheWay.add(piece.digest());
    if (open.full()) {
      send();
    }
  }

  private void send() throws IOException {
    await(AT_ONCE - 1);
    SegmentWriter full = writer;
    if (full == null) {
      return;
    }
    List<PackedPiece> pieces = packed;
    writer = null;
    packed = new ArrayList<>();
    storing.addLast(
        Background.start(
            "segment",
            () -> {
              try (full) {
                Segment segment = full.seal();
                index.announce(tenant, segment.ref(), segment.length());
                store.put(segment);
                store.keep(segment);
                return index.packed(tenant, segment.ref(), pieces);
              }
            }));
  }

  /** Waits until no more than so many are being stored. */
  private void await(int most) throws IOException {
    while (storing.size() > most) {
      Map<Digest, StoredPiece> done = storing.removeFirst().await();
      stored.putAll(done);
      onTheWay.removeAll(done.keySet());
    }
  }

  /** Stores what is left and waits for all of it. */
  void finish() throws IOException {
    send();
    await(0);
  }

  @Override
  public void close() {
    storing.forEach(Background::settle);
    if (writer != null) {
      writer.close();
    }
  }
}
