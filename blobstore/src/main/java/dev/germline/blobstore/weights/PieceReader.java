package dev.germline.blobstore.weights;

import dev.germline.blobstore.segment.FramePlace;
import dev.germline.blobstore.segment.SegmentStore;
import dev.germline.core.GermlineException;
import dev.germline.core.merkle.Blake3;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Pieces back as bytes: fetches their frames and those of their bases, neighbours in one request,
 * and decodes them side by side. What it gives hashes to its name. Thread-safe.
 */
final class PieceReader {
  private final PieceIndex index;
  private final SegmentStore segments;
  private final Workers workers;

  PieceReader(PieceIndex index, SegmentStore segments, Workers workers) {
    this.index = index;
    this.segments = segments;
    this.workers = workers;
  }

  /**
   * Reads pieces into an array, one after the other from its begin on.
   *
   * @param out at least as long as all of them together
   * @throws DamagedPiece when one of them is wrong in every replica
   * @throws GermlineException STORE_UNAVAILABLE
   */
  void read(List<StoredPiece> pieces, byte[] out) throws IOException {
    Map<Long, StoredPiece> bases = bases(pieces);
    int[] at = new int[pieces.size()];
    for (int i = 1; i < at.length; i++) {
      at[i] = at[i - 1] + pieces.get(i - 1).size();
    }
    try (Frames frames = Frames.fetch(segments, places(pieces, bases.values()))) {
      workers.each(
          pieces.size(),
          (i, desk) -> {
            StoredPiece piece = pieces.get(i);
            if (!decode(piece, bases, frames, desk, out, at[i])) {
              readAnew(piece, desk, out, at[i]);
            }
          });
    }
  }

  /** Fetches frames only, by which the cache gets them; gives their bytes. */
  long preload(List<StoredPiece> pieces) {
    Set<FramePlace> places = places(pieces, bases(pieces).values());
    Frames.fetch(segments, places).close();
    return places.stream().mapToLong(FramePlace::length).sum();
  }

  /** Every piece under these, by row; a base that is gone shows as damage later. */
  private Map<Long, StoredPiece> bases(List<StoredPiece> pieces) {
    Map<Long, StoredPiece> found = new HashMap<>();
    pieces.forEach(piece -> found.put(piece.id(), piece));
    Collection<StoredPiece> above = pieces;
    while (true) {
      Set<Long> missing = new HashSet<>();
      for (StoredPiece piece : above) {
        piece
            .base()
            .ifPresent(base -> {
              if (!found.containsKey(base)) {
                missing.add(base);
              }
            });
      }
      if (missing.isEmpty()) {
        return found;
      }
      Map<Long, StoredPiece> next = index.byId(missing);
      found.putAll(next);
      above = next.values();
    }
  }

  private static Set<FramePlace> places(
      Collection<StoredPiece> pieces, Collection<StoredPiece> bases) {
    Set<FramePlace> places = new HashSet<>();
    pieces.forEach(piece -> places.add(piece.place()));
    bases.forEach(piece -> places.add(piece.place()));
    return places;
  }

  /** False when the bytes are not those of the piece. */
  private boolean decode(
      StoredPiece piece,
      Map<Long, StoredPiece> bases,
      Frames frames,
      Workers.Desk desk,
      byte[] out,
      int at) {
    try {
      List<StoredPiece> chain = chain(piece, bases);
      byte[] base = null;
      for (int i = 0; i < chain.size(); i++) {
        StoredPiece step = chain.get(i);
        OptionalInt stored = frames.offset(step.place());
        if (stored.isEmpty()) {
          return false;
        }
        SegmentStore.Frame frame =
            segments.open(step.place(), step.digest(), frames.bytes(), stored.getAsInt());
        boolean last = i == chain.size() - 1;
        byte[] into = last ? out : i % 2 == 0 ? desk.one : desk.other;
        desk.codec.decode(
            frame.bytes(),
            frame.offset(),
            frame.length(),
            base,
            0,
            into,
            last ? at : 0,
            step.size());
        base = into;
      }
      return Blake3.hash(out, at, piece.size()).equals(piece.digest());
    } catch (GermlineException failure) {
      return switch (failure.fault()) {
        case WEIGHT_FRAME_INVALID, HASH_MISMATCH -> false;
        default -> throw failure;
      };
    }
  }

  /** The steps to a piece, from the one that needs no base. */
  private static List<StoredPiece> chain(StoredPiece piece, Map<Long, StoredPiece> bases) {
    Deque<StoredPiece> chain = new ArrayDeque<>();
    for (StoredPiece step = piece; step != null; ) {
      chain.addFirst(step);
      if (chain.size() > StoredPiece.MAX_DEPTH + 1) {
        throw new DamagedPiece(piece, null);
      }
      if (step.base().isEmpty()) {
        return new ArrayList<>(chain);
      }
      step = bases.get(step.base().getAsLong());
    }
    throw new DamagedPiece(piece, null);
  }

  /**
   * What lay nearby was wrong: looks up where the piece is by now, since collection moves pieces,
   * and asks every replica in turn. One that is away may have it right.
   */
  private void readAnew(StoredPiece piece, Workers.Desk desk, byte[] out, int at) {
    StoredPiece moved = index.byId(List.of(piece.id())).get(piece.id());
    if (moved == null) {
      throw new DamagedPiece(piece, null);
    }
    Map<Long, StoredPiece> bases = bases(List.of(moved));
    List<StoredPiece> chain = chain(moved, bases);
    GermlineException unanswered = null;
    for (int replica = 0; replica < segments.replicas(); replica++) {
      try (Frames frames =
          Frames.from(segments, replica, chain.stream().map(StoredPiece::place).toList())) {
        if (decode(moved, bases, frames, desk, out, at)) {
          return;
        }
      } catch (GermlineException failure) {
        unanswered = failure;
      }
    }
    throw unanswered == null ? new DamagedPiece(piece, null) : unanswered;
  }
}
