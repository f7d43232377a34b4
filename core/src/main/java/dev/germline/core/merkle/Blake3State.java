package dev.germline.core.merkle;

import dev.germline.core.substrate.Digest;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A BLAKE3 hash in progress. For one thread; at most 41 KiB however long the input.
 *
 * <p>Bytes are gathered until there is a whole group of chunks, groups of chunks until their
 * chaining values make a unit, and a unit is reduced to the one value at its top: large enough
 * steps to keep all lanes of a kernel busy. The last step is never taken before there are more
 * bytes, because the top of the whole tree is hashed with a flag of its own.
 */
final class Blake3State {
  private static final int CHUNK = Blake3Shape.CHUNK;
  private static final int OUT = Blake3Kernel.OUT;

  /** Chunks hashed at once, and their bytes. */
  private static final int GROUP = 32;

  private static final int GROUP_BYTES = GROUP * CHUNK;

  /** Chunks reduced at once, and their bytes; a power of two. */
  private static final int UNIT = 256;

  /** Bytes under one subtree that {@link #addInParallel} hashes as one task. */
  static final int UNIT_BYTES = UNIT * CHUNK;

  /** Units that a core takes at once: those of 1 MiB. */
  private static final int FEW = 4;

  /** Units whose values are kept at the same time: those of 1 GiB. */
  private static final int ROUND = 4096;

  private final Blake3Mode mode;
  private final Blake3Kernel kernel;

  /** The bytes after those of the whole groups. Grows with the first of them. */
  private byte[] pending = new byte[CHUNK];

  private int pendingBytes;

  /** Chaining values of the chunks after those of the whole units. */
  private byte[] cvs = new byte[0];

  private int cvCount;

  /** Tops of complete subtrees from left to right, each larger than the next, in units. */
  private byte[] tops = new byte[0];

  private int topCount;
  private long units;

  Blake3State(Blake3Mode mode, Blake3Kernel kernel) {
    this.mode = mode;
    this.kernel = kernel;
  }

  /** Adds all bytes of {@code in}. */
  void add(MemorySegment in) {
    long at = 0;
    long size = in.byteSize();
    while (at < size) {
      if (pendingBytes == GROUP_BYTES) {
        hashGroup();
      }
      if (pendingBytes == 0 && in.isNative() && size - at > GROUP_BYTES) {
        at += hashInPlace(in, at);
        continue;
      }
      int n = (int) Math.min(size - at, GROUP_BYTES - pendingBytes);
      if (pendingBytes + n > pending.length) {
        int doubled = 2 * Integer.highestOneBit(pendingBytes + n - 1);
        pending = Arrays.copyOf(pending, Math.min(GROUP_BYTES, doubled));
      }
      MemorySegment.copy(in, ValueLayout.JAVA_BYTE, at, pending, pendingBytes, n);
      pendingBytes += n;
      at += n;
    }
  }

  /** Hashes whole groups, up to the end of a unit and not the last byte; returns how many bytes. */
  private int hashInPlace(MemorySegment in, long at) {
    makeRoom();
    int room = (UNIT - cvCount) * CHUNK;
    int bytes = (int) Math.min(room, (in.byteSize() - at - 1) / GROUP_BYTES * GROUP_BYTES);
    long counter = units * UNIT + cvCount;
    kernel.hashNative(mode.chunks, in, at, bytes / CHUNK, counter, cvs, cvCount * OUT);
    cvCount += bytes / CHUNK;
    return bytes;
  }

  /** The same on all cores. */
  void addInParallel(MemorySegment in) {
    long seen = units * UNIT_BYTES + (long) cvCount * CHUNK + pendingBytes;
    long at = Math.min(in.byteSize(), -seen & (UNIT_BYTES - 1));
    add(in.asSlice(0, at));
    // At least one byte remains for later.
    for (long whole; (whole = (in.byteSize() - at - 1) / UNIT_BYTES) > 1; ) {
      flush();
      int round = (int) Math.min(whole, ROUND);
      long from = at;
      byte[] values = new byte[round * OUT];
      // Each core takes the next few as soon as it is done: shares cut in advance would all wait
      // for
      // the core that is held up.
      AtomicInteger next = new AtomicInteger();
      IntStream.range(0, Runtime.getRuntime().availableProcessors())
          .parallel()
          .forEach(_ -> {
            for (int i; (i = next.getAndAdd(FEW)) < round; ) {
              for (int u = i; u < Math.min(round, i + FEW); u++) {
                MemorySegment unit = in.asSlice(from + (long) u * UNIT_BYTES, UNIT_BYTES);
                hashUnit(unit, units * UNIT + (long) u * UNIT, values, u * OUT);
              }
            }
          });
      for (int i = 0; i < round; i++) {
        push(values, i * OUT);
      }
      at += (long) round * UNIT_BYTES;
    }
    add(in.asSlice(at));
  }

  private void hashUnit(MemorySegment in, long counter, byte[] out, int outOffset) {
    byte[] values = new byte[UNIT * OUT];
    if (in.isNative()) {
      kernel.hashNative(mode.chunks, in, 0, UNIT, counter, values, 0);
    } else {
      byte[] group = new byte[GROUP_BYTES];
      for (int chunk = 0; chunk < UNIT; chunk += GROUP) {
        MemorySegment.copy(in, ValueLayout.JAVA_BYTE, (long) chunk * CHUNK, group, 0, GROUP_BYTES);
        kernel.hash(mode.chunks, group, 0, CHUNK, GROUP, counter + chunk, values, chunk * OUT);
      }
    }
    reduce(values, UNIT, 1);
    System.arraycopy(values, 0, out, outOffset, OUT);
  }

  /** The hash of all bytes added. More may be added after. */
  Digest digest() {
    byte[] value = new byte[OUT];
    if (units == 0 && cvCount == 0 && pendingBytes <= CHUNK) {
      Blake3Scalar.hashOne(Blake3Shape.input(mode, pendingBytes), pending, 0, 0, value, 0);
      return Digest.of(value);
    }
    if (cvCount == UNIT) {
      pushUnit();
    }
    byte[] rest = Arrays.copyOf(cvs, (cvCount + pendingBytes / CHUNK + 1) * OUT);
    int count = cvCount + hashPending(rest, cvCount * OUT);
    if (topCount == 0) {
      reduce(rest, count, 2);
      Blake3Scalar.hashOne(mode.root, rest, 0, 0, value, 0);
      return Digest.of(value);
    }
    reduce(rest, count, 1);
    byte[] pair = new byte[2 * OUT];
    System.arraycopy(rest, 0, pair, OUT, OUT);
    for (int i = topCount - 1; i >= 0; i--) {
      System.arraycopy(tops, i * OUT, pair, 0, OUT);
      Blake3Scalar.hashOne(i == 0 ? mode.root : mode.parents, pair, 0, 0, pair, OUT);
    }
    return Digest.of(pair, OUT);
  }

  /** Hashes the pending bytes, the last chunk of which may be short; returns how many chunks. */
  private int hashPending(byte[] out, int outOffset) {
    int whole = pendingBytes / CHUNK;
    int last = pendingBytes % CHUNK;
    long counter = units * UNIT + cvCount;
    kernel.hash(mode.chunks, pending, 0, CHUNK, whole, counter, out, outOffset);
    if (last == 0) {
      return whole;
    }
    Blake3Shape shape = Blake3Shape.chunk(mode, last);
    int end = outOffset + whole * OUT;
    Blake3Scalar.hashOne(shape, pending, whole * CHUNK, counter + whole, out, end);
    return whole + 1;
  }

  private void hashGroup() {
    makeRoom();
    cvCount += hashPending(cvs, cvCount * OUT);
    pendingBytes = 0;
  }

  /** Room for the values of a group: only where more bytes follow. */
  private void makeRoom() {
    if (cvCount == UNIT) {
      pushUnit();
    }
    if (cvs.length == 0) {
      cvs = new byte[UNIT * OUT];
    }
  }

  /** Takes the last step, which was put off: only where more bytes follow and all is whole. */
  private void flush() {
    if (pendingBytes > 0) {
      hashGroup();
    }
    if (cvCount > 0) {
      pushUnit();
    }
  }

  private void pushUnit() {
    reduce(cvs, UNIT, 1);
    push(cvs, 0);
    cvCount = 0;
  }

  /** Puts the top of a unit beside the others and joins those that are complete with it. */
  private void push(byte[] value, int offset) {
    if (tops.length < (topCount + 1) * OUT) {
      tops = Arrays.copyOf(tops, tops.length + 8 * OUT);
    }
    System.arraycopy(value, offset, tops, topCount++ * OUT, OUT);
    units++;
    for (long n = units; n % 2 == 0; n /= 2) {
      topCount--;
      int left = (topCount - 1) * OUT;
      Blake3Scalar.hashOne(mode.parents, tops, left, 0, tops, left);
    }
  }

  /**
   * Hashes neighbouring values in pairs, level by level, until {@code target} are left. The odd
   * last one of a level moves up as it is, which gives BLAKE3's tree: left subtrees are complete.
   */
  private void reduce(byte[] values, int count, int target) {
    for (int n = count; n > target; n = (n + 1) / 2) {
      int pairs = n / 2;
      kernel.hash(mode.parents, values, 0, 2 * OUT, pairs, 0, values, 0);
      if (n % 2 == 1) {
        System.arraycopy(values, (n - 1) * OUT, values, pairs * OUT, OUT);
      }
    }
  }
}
