package dev.germline.app.weights;

import dev.germline.app.weights.CompactionRows.Lying;
import dev.germline.app.weights.CompactionRows.Move;
import dev.germline.app.weights.CompactionRows.Page;
import dev.germline.app.weights.CompactionRows.Sparse;
import dev.germline.blobstore.segment.FramePlace;
import dev.germline.blobstore.segment.Segment;
import dev.germline.blobstore.segment.SegmentStore;
import dev.germline.blobstore.segment.SegmentWriter;
import dev.germline.blobstore.weights.PieceIndex;
import dev.germline.core.GermlineException;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.weights.Tenant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Copies what is needed of segments that are mostly not into new ones. Frames are sealed under the
 * new segment's key and not decoded; a segment that is not whole is left to the scrub. What moved
 * leaves its old segment empty, and those who read from it may go on until it is deleted. Killed at
 * any point, it leaves a segment that nothing lies in.
 */
final class Compaction {
  /** In one collection; the next one goes on. */
  private static final int MOST_SEGMENTS = 2_000;

  private final CompactionRows rows;
  private final PieceIndex index;
  private final SegmentStore store;

  Compaction(CompactionRows rows, PieceIndex index, SegmentStore store) {
    this.rows = rows;
    this.index = index;
    this.store = store;
  }

  /** Told of what was done. */
  interface Listener {
    /** A segment that nothing is needed of any more. */
    void compacted(Sparse segment);

    /** A segment that stays as it is, and why. */
    void left(Sparse segment, String why);
  }

  /** The segments begun before a time that less than half of is needed, a tenant's together. */
  List<Sparse> sparse(long before) {
    List<Sparse> found = new ArrayList<>();
    Page page;
    long last = CollectionRows.BEFORE_ALL;
    do {
      page = rows.sparse(last, before);
      last = page.last();
      found.addAll(page.sparse());
    } while (!page.ended() && found.size() < MOST_SEGMENTS);
    found.sort(Comparator.comparing((Sparse one) -> one.tenant().name()));
    return found;
  }

  /**
   * Compacts these segments.
   *
   * @throws GermlineException STORE_UNAVAILABLE, OVERLOADED, KEY_UNAVAILABLE
   */
  void run(List<Sparse> segments, Listener listener) {
    for (int at = 0; at < segments.size(); ) {
      Tenant tenant = segments.get(at).tenant();
      try (Filling filling = new Filling(tenant, listener)) {
        for (; at < segments.size() && segments.get(at).tenant().equals(tenant); at++) {
          filling.take(segments.get(at));
        }
        filling.flush();
      }
    }
  }

  /** The segment as it was stored, from the first replica that has it whole. */
  private Optional<byte[]> whole(Sparse segment) {
    FramePlace all = new FramePlace(segment.ref(), 0, segment.length());
    for (int replica = 0; replica < store.replicas(); replica++) {
      Optional<byte[]> bytes = store.readFrom(replica, all);
      if (bytes.isPresent() && Blake3.hash(bytes.get()).equals(segment.ref().id())) {
        return bytes;
      }
    }
    return Optional.empty();
  }

  /** A segment that is filled from others of a tenant. */
  private final class Filling implements AutoCloseable {
    private final Tenant tenant;
    private final Listener listener;
    private @Nullable SegmentWriter writer;
    private List<Move> moves = new ArrayList<>();

    /** Those whose pieces are all copied, and stored with the next segment. */
    private List<Sparse> copied = new ArrayList<>();

    Filling(Tenant tenant, Listener listener) {
      this.tenant = tenant;
      this.listener = listener;
    }

    void take(Sparse segment) {
      Optional<byte[]> bytes = whole(segment);
      if (bytes.isEmpty()) {
        listener.left(segment, "no store that answers has it whole");
        return;
      }
      // Asked now: another process may have moved them.
      for (Lying piece : rows.pieces(segment)) {
        copy(segment, piece, bytes.get());
      }
      copied.add(segment);
    }

    private void copy(Sparse segment, Lying piece, byte[] bytes) {
      FramePlace place = piece.place();
      SegmentStore.Frame frame = store.open(place, piece.digest(), bytes, place.offset());
      SegmentWriter open = writer;
      if (open == null) {
        open = store.begin(tenant);
        writer = open;
      }
      SegmentWriter.Slot slot =
          open.add(piece.digest(), frame.bytes(), frame.offset(), frame.length());
      moves.add(new Move(piece.id(), segment.id(), place.offset(), slot.offset(), slot.length()));
      if (open.full()) {
        flush();
      }
    }

    /** Stores what was copied and lets the pieces lie there. */
    void flush() {
      SegmentWriter full = writer;
      writer = null;
      if (full != null) {
        try (full) {
          Segment sealed = full.seal();
          index.announce(tenant, sealed.ref(), sealed.length());
          store.put(sealed);
          rows.move(sealed.ref(), moves);
        }
      }
      moves = new ArrayList<>();
      copied.forEach(listener::compacted);
      copied = new ArrayList<>();
    }

    @Override
    public void close() {
      if (writer != null) {
        writer.close();
      }
    }
  }
}
