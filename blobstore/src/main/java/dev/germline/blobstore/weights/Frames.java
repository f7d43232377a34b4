package dev.germline.blobstore.weights;

import dev.germline.blobstore.segment.FramePlace;
import dev.germline.blobstore.segment.SegmentStore;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Fetches stored frames, those that lie side by side with one request. */
final class Frames {
  /** What lies between two frames is read along when it is shorter than this. */
  private static final int SMALL_GAP = 1 << 16;

  /** The longest request. */
  private static final int LONGEST = 16 << 20;

  private Frames() {}

  /**
   * A frame as it is stored, perhaps encrypted.
   *
   * @param bytes that hold it
   * @param offset of its first byte there
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared; it lives for one read
  record Stored(byte[] bytes, int offset) {}

  static Map<FramePlace, Stored> fetch(SegmentStore segments, Collection<FramePlace> places) {
    List<List<FramePlace>> runs = runs(places);
    Map<FramePlace, Stored> fetched = new HashMap<>();
    List<CompletableFuture<byte[]>> requests = new ArrayList<>();
    for (List<FramePlace> run : runs) {
      requests.add(
          runs.size() == 1
              ? here(segments, run)
              : CompletableFuture.supplyAsync(() -> read(segments, run), segments.executor()));
    }
    RuntimeException failure = null;
    for (int i = 0; i < runs.size(); i++) {
      try {
        byte[] bytes = requests.get(i).join();
        int begin = runs.get(i).getFirst().offset();
        for (FramePlace place : runs.get(i)) {
          fetched.put(place, new Stored(bytes, place.offset() - begin));
        }
      } catch (CompletionException failed) {
        RuntimeException cause =
            failed.getCause() instanceof RuntimeException unchecked ? unchecked : failed;
        failure = missing(cause) ? failure : cause;
      }
    }
    if (failure != null) {
      throw failure;
    }
    return fetched;
  }

  private static CompletableFuture<byte[]> here(SegmentStore segments, List<FramePlace> run) {
    try {
      return CompletableFuture.completedFuture(read(segments, run));
    } catch (RuntimeException failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  /** A frame that no replica has is left out: who wants it says what it is. */
  private static boolean missing(RuntimeException cause) {
    return cause instanceof GermlineException known && known.fault() == Fault.BLOB_NOT_FOUND;
  }

  private static byte[] read(SegmentStore segments, List<FramePlace> run) {
    int begin = run.getFirst().offset();
    int length = run.getLast().offset() + run.getLast().length() - begin;
    return segments.read(new FramePlace(run.getFirst().segment(), begin, length));
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
}
