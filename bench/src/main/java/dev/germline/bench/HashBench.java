package dev.germline.bench;

import dev.germline.core.merkle.Blake3;
import dev.germline.core.merkle.MerkleTree;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityId;
import dev.germline.core.substrate.EntityKind;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

/**
 * BLAKE3 against {@code b3sum} on the same GiB, and the trees at a million leaves. Rounds of all
 * contenders alternate and the best of each counts: what else a machine does only ever slows one.
 */
final class HashBench {
  private static final long SIZE = 1L << 30;
  private static final int ROUNDS = 15;
  private static final int LEAVES = 1_000_000;

  private HashBench() {}

  static void run(Report report) throws Exception {
    Path file = Files.createTempFile(folder(), "germline-bench-", ".bin");
    try (Arena arena = Arena.ofShared()) {
      MemorySegment resident = arena.allocate(SIZE, 4096);
      fill(resident, file);
      blake3(report, resident, file);
    } finally {
      Files.delete(file);
    }
    leaves(report);
  }

  /** Memory if there is a file system of it: the peer must not wait for a disk. */
  private static Path folder() {
    Path memory = Path.of("/dev/shm");
    return Files.isWritable(memory) ? memory : Path.of(System.getProperty("java.io.tmpdir"));
  }

  private static void fill(MemorySegment memory, Path file) throws IOException {
    Random random = new Random(1);
    byte[] piece = new byte[1 << 20];
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (long at = 0; at < SIZE; at += piece.length) {
        random.nextBytes(piece);
        MemorySegment.copy(MemorySegment.ofArray(piece), 0, memory, at, piece.length);
        for (ByteBuffer left = ByteBuffer.wrap(piece); left.hasRemaining(); ) {
          out.write(left);
        }
      }
    }
  }

  private static void blake3(Report report, MemorySegment resident, Path file) throws Exception {
    Digest expected = Blake3.hash(resident);
    warmUp(resident.asSlice(0, SIZE / 16));
    List<Double> one = new ArrayList<>();
    List<Double> two = new ArrayList<>();
    List<Double> mapped = new ArrayList<>();
    List<Double> peer = new ArrayList<>();
    List<Double> peerTwo = new ArrayList<>();
    Optional<B3sum> b3sum = B3sum.find();
    try (ForkJoinPool pool = new ForkJoinPool(2)) {
      for (int i = 0; i < ROUNDS; i++) {
        one.add(seconds(() -> same(expected, Blake3.hash(resident))));
        two.add(
            seconds(
                () -> same(expected, pool.submit(() -> Blake3.hashInParallel(resident)).get())));
        mapped.add(seconds(() -> same(expected, hashMapped(file))));
        if (b3sum.isPresent()) {
          peer.add(b3sum.get().seconds(file, 1, expected));
          peerTwo.add(b3sum.get().seconds(file, 2, expected));
        }
      }
    }
    double own = megabytesPerSecond(one);
    if (b3sum.isPresent()) {
      double theirs = megabytesPerSecond(peer);
      report.add("blake3VsB3sum", own / theirs, "x", "b3sum --num-threads 1", 1);
      report.add("blake3MBs", own, "MB/s", "b3sum --num-threads 1", theirs);
      report.add("blake3MappedMBs", megabytesPerSecond(mapped), "MB/s", "b3sum, same file", theirs);
    } else {
      System.err.println("no b3sum on the path (Debian: apt-get install b3sum): not compared");
      report.add("blake3MBs", own, "MB/s", "the same file mapped", megabytesPerSecond(mapped));
    }
    double both = megabytesPerSecond(two);
    if (b3sum.isPresent()) {
      double theirs = megabytesPerSecond(peerTwo) / megabytesPerSecond(peer);
      report.add("blake3TwoThreads", both / own, "x", "b3sum, two threads by one", theirs);
    } else {
      report.add("blake3TwoThreads", both / own, "x", "one thread", 1);
    }
    System.err.println("BLAKE3 ran in " + Blake3.kernel());
  }

  /** Until the lanes have taken over and their callers are compiled; 3 s are more than it takes. */
  private static void warmUp(MemorySegment part) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
    while (System.nanoTime() < end) {
      Digest _ = Blake3.hash(part);
      Digest _ = Blake3.hashInParallel(part);
    }
  }

  private static Digest hashMapped(Path file) throws IOException {
    try (FileChannel in = FileChannel.open(file);
        Arena arena = Arena.ofConfined()) {
      return Blake3.hash(in.map(MapMode.READ_ONLY, 0, SIZE, arena));
    }
  }

  private static void leaves(Report report) throws Exception {
    Random random = new Random(2);
    List<EntityId> keys = new ArrayList<>(LEAVES);
    for (int i = 0; i < LEAVES; i++) {
      keys.add(new EntityId(random.nextLong(), random.nextLong()));
    }
    Collections.sort(keys);
    byte[] hashes = new byte[LEAVES * Digest.BYTES];
    random.nextBytes(hashes);
    double tree =
        Timing.medianMillis(
            20, 21, () -> MerkleTree.ofSorted(EntityKind.DOCUMENT, keys, hashes).root());
    byte[] pair = new byte[2 * Digest.BYTES];
    double alone =
        Timing.medianMillis(
            3,
            5,
            () -> {
              for (int i = 0; i < LEAVES; i++) {
                Blake3.hash(pair).copyTo(pair, 0);
              }
            });
    report.add("rehash1MLeavesMs", tree, "ms", "as many nodes, one by one", alone);
  }

  private static void same(Digest expected, Digest found) {
    if (!found.equals(expected)) {
      throw new IllegalStateException("hashed " + found + ", not " + expected);
    }
  }

  private static double seconds(Timing.Task task) throws Exception {
    long start = System.nanoTime();
    task.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private static double megabytesPerSecond(List<Double> seconds) {
    return SIZE / 1e6 / Collections.min(seconds);
  }
}
