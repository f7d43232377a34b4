package dev.germline.blobstore.segment;

import dev.germline.core.substrate.Digest;
import java.util.ArrayList;
import java.util.List;

/** Ranges of segments by way of the cache; what it lacks comes whole blocks at a time. */
final class CachedReads {
  private final FrameCache cache;
  private final Replication replication;
  private final SpareArrays spare;

  CachedReads(FrameCache cache, Replication replication, SpareArrays spare) {
    this.cache = cache;
    this.replication = replication;
    this.spare = spare;
  }

  /** Reads a place into {@code out} from {@code at} on. */
  void read(FramePlace place, byte[] out, int at) {
    Digest segment = place.segment().id();
    int first = place.offset() / FrameCache.BLOCK;
    int last = (place.end() - 1) / FrameCache.BLOCK;
    List<Integer> missing = new ArrayList<>();
    for (int block = first; block <= last; block++) {
      int start = block * FrameCache.BLOCK;
      int begin = Math.max(start, place.offset());
      int end = Math.min(start + FrameCache.BLOCK, place.end());
      int to = at + begin - place.offset();
      if (!cache.read(segment, block, begin - start, out, to, end - begin)) {
        missing.add(block);
      }
    }
    for (int i = 0; i < missing.size(); ) {
      int run = 1;
      while (i + run < missing.size() && missing.get(i + run) == missing.get(i) + run) {
        run++;
      }
      fetch(place, missing.get(i), run, out, at);
      i += run;
    }
  }

  private void fetch(FramePlace place, int block, int count, byte[] out, int to) {
    int offset = block * FrameCache.BLOCK;
    int most = count * FrameCache.BLOCK;
    int least = Math.min(most, place.end() - offset);
    Digest segment = place.segment().id();
    byte[] bytes = spare.take(most);
    try {
      int length = replication.read(segment, offset, least, most, bytes, 0);
      for (int at = 0; at < length; at += FrameCache.BLOCK) {
        cache.put(
            segment,
            (offset + at) / FrameCache.BLOCK,
            bytes,
            at,
            Math.min(FrameCache.BLOCK, length - at));
      }
      int begin = Math.max(offset, place.offset());
      int end = Math.min(offset + length, place.end());
      System.arraycopy(bytes, begin - offset, out, to + begin - place.offset(), end - begin);
    } finally {
      spare.giveBack(bytes);
    }
  }

  /** Keeps all of a segment that is at hand. */
  void keep(Segment segment) {
    for (int at = 0; at < segment.length(); at += FrameCache.BLOCK) {
      int length = Math.min(FrameCache.BLOCK, segment.length() - at);
      cache.put(segment.id(), at / FrameCache.BLOCK, segment.bytes(), at, length);
    }
  }

  void drop(FramePlace place) {
    cache.drop(place.segment().id(), place.offset(), place.end());
  }
}
