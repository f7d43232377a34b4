package dev.germline.blobstore.segment;

import dev.germline.core.substrate.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ranges of segments by way of the cache; what it lacks comes whole blocks at a time. */
final class CachedReads {
  private final FrameCache cache;
  private final Replication replication;

  CachedReads(FrameCache cache, Replication replication) {
    this.cache = cache;
    this.replication = replication;
  }

  byte[] read(FramePlace place) {
    Digest segment = place.segment().id();
    int first = place.offset() / FrameCache.BLOCK;
    int last = (place.end() - 1) / FrameCache.BLOCK;
    byte[] out = new byte[place.length()];
    List<Integer> missing = new ArrayList<>();
    for (int block = first; block <= last; block++) {
      Optional<byte[]> bytes = cache.get(segment, block);
      if (bytes.isEmpty() || !copy(bytes.get(), 0, bytes.get().length, block, place, out)) {
        missing.add(block);
      }
    }
    for (int i = 0; i < missing.size(); ) {
      int run = 1;
      while (i + run < missing.size() && missing.get(i + run) == missing.get(i) + run) {
        run++;
      }
      fetch(place, missing.get(i), run, out);
      i += run;
    }
    return out;
  }

  private void fetch(FramePlace place, int block, int count, byte[] out) {
    int offset = block * FrameCache.BLOCK;
    int most = count * FrameCache.BLOCK;
    int least = Math.min(most, place.end() - offset);
    Digest segment = place.segment().id();
    byte[] bytes = replication.read(segment, offset, least, most);
    for (int at = 0; at < bytes.length; at += FrameCache.BLOCK, block++) {
      int length = Math.min(FrameCache.BLOCK, bytes.length - at);
      cache.put(segment, block, bytes, at, length);
      copy(bytes, at, length, block, place, out);
    }
  }

  /** Copies what a block has of the place; false: it should have more. */
  private static boolean copy(
      byte[] bytes, int at, int length, int block, FramePlace place, byte[] out) {
    int start = block * FrameCache.BLOCK;
    int begin = Math.max(start, place.offset());
    int end = Math.min(start + FrameCache.BLOCK, place.end());
    if (end - start > length) {
      return false;
    }
    System.arraycopy(bytes, at + begin - start, out, begin - place.offset(), end - begin);
    return true;
  }

  /** Brings a place into the cache. */
  void preload(FramePlace place) {
    read(place);
  }

  void drop(FramePlace place) {
    cache.drop(place.segment().id(), place.offset(), place.end());
  }
}
