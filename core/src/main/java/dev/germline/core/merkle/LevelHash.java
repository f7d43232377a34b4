package dev.germline.core.merkle;

import dev.germline.core.merkle.MerkleTree.Run;
import dev.germline.core.substrate.Digest;
import java.util.ArrayList;
import java.util.List;

/** Computes one level of a v1 tree from the level below, on all cores where there is much to do. */
final class LevelHash {
  private static final int PAIR = 2 * Digest.BYTES;

  /** A node is the hash of its two children. */
  private static final Blake3Shape NODE = Blake3Shape.input(Blake3Mode.HASH, PAIR);

  /** Nodes hashed by one task; some tenths of a millisecond. */
  private static final int SLICE = 4096;

  private LevelHash() {}

  /**
   * The level above {@code below}.
   *
   * @param old the same level of the tree before
   * @param same the nodes of {@code old} to take over, ascending; all others are hashed
   */
  static byte[] next(byte[] below, byte[] old, List<Run> same) {
    int width = below.length / Digest.BYTES;
    int nodes = (width + 1) / 2;
    byte[] level = new byte[nodes * Digest.BYTES];
    List<Slice> work = new ArrayList<>();
    int at = 0;
    for (Run run : same) {
      addSlices(work, at, run.to());
      System.arraycopy(
          old,
          run.from() * Digest.BYTES,
          level,
          run.to() * Digest.BYTES,
          run.length() * Digest.BYTES);
      at = run.to() + run.length();
    }
    addSlices(work, at, nodes);
    long hashes = work.stream().mapToLong(Slice::length).sum();
    var slices = hashes > SLICE ? work.parallelStream() : work.stream();
    slices.forEach(slice -> hash(below, width, level, slice));
    return level;
  }

  private static void addSlices(List<Slice> work, int from, int end) {
    for (int at = from; at < end; at += SLICE) {
      work.add(new Slice(at, Math.min(end, at + SLICE)));
    }
  }

  private static void hash(byte[] below, int width, byte[] level, Slice slice) {
    int pairs = Math.min(slice.end(), width / 2);
    if (pairs > slice.from()) {
      int at = slice.from();
      Blake3Fastest.KERNEL.hash(
          NODE, below, at * PAIR, PAIR, pairs - at, 0, level, at * Digest.BYTES);
    }
    if (slice.end() > pairs) { // the odd last node is paired with itself
      byte[] pair = new byte[PAIR];
      System.arraycopy(below, pairs * PAIR, pair, 0, Digest.BYTES);
      System.arraycopy(below, pairs * PAIR, pair, Digest.BYTES, Digest.BYTES);
      Blake3Scalar.hashOne(NODE, pair, 0, 0, level, pairs * Digest.BYTES);
    }
  }

  private record Slice(int from, int end) {
    int length() {
      return end - from;
    }
  }
}
