package dev.germline.blobstore.weights;

import dev.germline.blobstore.segment.FramePlace;
import dev.germline.blobstore.segment.SegmentStore;
import dev.germline.blobstore.segment.SpareArrays;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Stored frames that were fetched, those that lie side by side with one request, into memory that
 * closing gives back.
 */
final class Frames implements AutoCloseable {
  /** What lies between two frames is read along when it is shorter than this. */
  private static final int SMALL_GAP = 1 << 16;

  /** The longest request. */
  private static final int LONGEST = 16 << 20;

  private final SpareArrays spare;
  private final byte[] bytes;
  private final Map<FramePlace, Integer> offsets = new HashMap<>();

  private Frames(SpareArrays spare, int length) {
    this.spare = spare;
    this.bytes = spare.take(length);
  }

  /** Holds all frames. */
  byte[] bytes() {
    return bytes;
  }

  /** Where a frame begins; empty when no replica has it. */
  OptionalInt offset(FramePlace place) {
    Integer offset = offsets.get(place);
    return offset == null ? OptionalInt.empty() : OptionalInt.of(offset);
  }

  /** Fetches frames; one that no replica has is left out. */
  static Frames fetch(SegmentStore segments, Collection<FramePlace> places) {
    List<List<FramePlace>> runs = runs(places);
    Frames frames =
        new Frames(segments.spareArrays(), runs.stream().mapToInt(Frames::length).sum());
    try {
      frames.fetch(segments, runs);
      return frames;
    } catch (RuntimeException failure) {
      frames.close();
      throw failure;
    }
  }

  /** Frames out of bytes of one replica; one that it lacks is left out. */
  static Frames from(SegmentStore segments, int replica, Collection<FramePlace> places) {
    Frames frames =
        new Frames(segments.spareArrays(), places.stream().mapToInt(FramePlace::length).sum());
    try {
      int at = 0;
      for (FramePlace place : places) {
        Optional<byte[]> stored = segments.readFrom(replica, place);
        if (stored.isPresent()) {
          System.arraycopy(stored.get(), 0, frames.bytes, at, place.length());
          frames.offsets.put(place, at);
          at += place.length();
        }
      }
      return frames;
    } catch (RuntimeException failure) {
      frames.close();
      throw failure;
    }
  }

  /** All requests have ended when it returns or throws: nobody writes to the memory after. */
  private void fetch(SegmentStore segments, List<List<FramePlace>> runs) {
    List<CompletableFuture<?>> requests = new ArrayList<>();
    int next = 0;
    for (List<FramePlace> run : runs) {
      int at = next;
      requests.add(
          runs.size() == 1
              ? here(segments, run, at)
              : CompletableFuture.runAsync(() -> read(segments, run, at), segments.executor()));
      next += length(run);
    }
    RuntimeException failure = null;
    next = 0;
    for (int i = 0; i < runs.size(); i++) {
      List<FramePlace> run = runs.get(i);
      try {
        requests.get(i).join();
        for (FramePlace place : run) {
          offsets.put(place, next + place.offset() - run.getFirst().offset());
        }
      } catch (CompletionException failed) {
        RuntimeException cause =
            failed.getCause() instanceof RuntimeException unchecked ? unchecked : failed;
        failure = missing(cause) ? failure : cause;
      }
      next += length(run);
    }
    if (failure != null) {
      throw failure;
    }
  }

  private CompletableFuture<?> here(SegmentStore segments, List<FramePlace> run, int at) {
    try {
      read(segments, run, at);
      return CompletableFuture.completedFuture(run);
    } catch (RuntimeException failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  /** A frame that no replica has is left out: who wants it says what it is. */
  private static boolean missing(RuntimeException cause) {
    return cause instanceof GermlineException known && known.fault() == Fault.BLOB_NOT_FOUND;
  }

  private void read(SegmentStore segments, List<FramePlace> run, int at) {
    FramePlace first = run.getFirst();
    segments.read(new FramePlace(first.segment(), first.offset(), length(run)), bytes, at);
  }

  private static int length(List<FramePlace> run) {
    return run.getLast().offset() + run.getLast().length() - run.getFirst().offset();
  }

  private static List<List<FramePlace>> runs(Collection<FramePlace> places) {
    List<FramePlace> sorted = new ArrayList<>(places);
    sorted.sort(
        Comparator.comparing((FramePlace place) -> place.segment().id())
            .thenComparingInt(FramePlace::offset));
    List<List<FramePlace>> runs = new ArrayList<>();
    FramePlace before = null;
    for (FramePlace place : sorted) {
      if (before == null
          || !place.segment().id().equals(before.segment().id())
          || place.offset() - before.offset() - before.length() > SMALL_GAP
          || place.offset() + place.length() - runs.getLast().getFirst().offset() > LONGEST) {
        runs.add(new ArrayList<>());
      }
      runs.getLast().add(place);
      before = place;
    }
    return runs;
  }

  @Override
  public void close() {
    spare.giveBack(bytes);
  }
}
