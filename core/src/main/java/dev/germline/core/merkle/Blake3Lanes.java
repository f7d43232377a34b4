package dev.germline.core.merkle;

import static jdk.incubator.vector.VectorOperators.ROR;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * BLAKE3's compression function on as many inputs at once as an int vector of this CPU has lanes:
 * every lane works on its own input. Needs {@code --add-modules jdk.incubator.vector}, and the
 * second compiler: interpreted, every vector is an object.
 *
 * <p>How the methods are cut matters: C2 must keep the transposition and the rounds apart, or gives
 * up on one of them and runs at a twentieth of the speed. Measure before joining or splitting any.
 */
final class Blake3Lanes implements Blake3Kernel {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Byte> BYTES = INTS.withLanes(byte.class);

  /** Inputs hashed at once. */
  static final int LANES = INTS.length();

  /** Words of a block, of the state, and of a round's schedule. */
  private static final int WORDS = 16;

  /** Fewer inputs than these are done sooner one after the other. */
  private static final int WORTHWHILE = LANES / 8 + 1;

  private static final int ROUNDS = 7;
  private static final int CV_WORDS = 8;

  /** Where in the transposed message the words begin that each round takes in, in that order. */
  private static final int[] SCHEDULE = schedule();

  private static final IntVector LOW_1 = interleave(1, 0);
  private static final IntVector HIGH_1 = interleave(1, 1);
  private static final IntVector LOW_2 = interleave(2, 0);
  private static final IntVector HIGH_2 = interleave(2, 1);
  private static final IntVector LOW_4 = interleave(4, 0);
  private static final IntVector HIGH_4 = interleave(4, 1);
  private static final IntVector LOW_8 = interleave(8, 0);
  private static final IntVector HIGH_8 = interleave(8, 1);

  /** What segments outside the heap are, mapped ones included. */
  private static final Class<?> NATIVE = MemorySegment.NULL.getClass();

  private final Blake3Kernel scalar = new Blake3Scalar();

  /** Whether this is written for a CPU like this one: 4, 8 or 16 lanes. */
  static boolean fitsThisCpu() {
    return LANES >= 4 && LANES <= WORDS;
  }

  private static int[] schedule() {
    int[] permutation = {2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8};
    int[] schedule = new int[ROUNDS * WORDS];
    for (int i = 0; i < schedule.length; i++) {
      schedule[i] =
          i < WORDS ? i * LANES : schedule[i - WORDS - i % WORDS + permutation[i % WORDS]];
    }
    return schedule;
  }

  /**
   * The choice of lanes from two vectors that swaps squares of {@code size}: one step of a
   * transposition.
   *
   * @param half 0 for the first of the two results, 1 for the second
   */
  private static IntVector interleave(int size, int half) {
    int[] from = new int[LANES];
    for (int lane = 0; lane < LANES; lane++) {
      int kept = (lane & ~size) + half * size;
      from[lane] = (lane & size) == 0 ? kept : LANES + kept;
    }
    return IntVector.fromArray(INTS, from, 0);
  }

  @Override
  public void hash(
      Blake3Shape shape,
      byte[] in,
      int offset,
      int stride,
      int count,
      long counter,
      byte[] out,
      int outOffset) {
    int[] words = new int[WORDS * LANES];
    int[] counters = new int[2 * LANES];
    int[] cvs = new int[CV_WORDS * LANES];
    int done = 0;
    for (; count - done >= WORTHWHILE; done += LANES) {
      // Lanes without an input of their own hash the last one again, for nobody.
      int last = Math.min(LANES, count - done) - 1;
      int from = offset + done * stride;
      start(shape, counter + (long) done * shape.counterStep, counters, cvs);
      for (int block = 0; block < shape.blocks; block++) {
        load(in, from + block * Blake3Shape.BLOCK, stride, last, words);
        compress(words, cvs, counters, shape.length(block), shape.flags(block));
      }
      store(cvs, out, outOffset + done * OUT, last);
    }
    if (done < count) {
      long next = counter + (long) done * shape.counterStep;
      int from = offset + done * stride;
      scalar.hash(shape, in, from, stride, count - done, next, out, outOffset + done * OUT);
    }
  }

  @Override
  public void hashNative(
      Blake3Shape shape,
      MemorySegment in,
      long offset,
      int count,
      long counter,
      byte[] out,
      int outOffset) {
    int[] words = new int[WORDS * LANES];
    int[] counters = new int[2 * LANES];
    int[] cvs = new int[CV_WORDS * LANES];
    int done = 0;
    for (; count - done >= WORTHWHILE; done += LANES) {
      int last = Math.min(LANES, count - done) - 1;
      long from = offset + (long) done * Blake3Shape.CHUNK;
      start(shape, counter + done, counters, cvs);
      for (int block = 0; block < shape.blocks; block++) {
        load(in, from + (long) block * Blake3Shape.BLOCK, last, words);
        compress(words, cvs, counters, shape.length(block), shape.flags(block));
      }
      store(cvs, out, outOffset + done * OUT, last);
    }
    if (done < count) {
      long from = offset + (long) done * Blake3Shape.CHUNK;
      int to = outOffset + done * OUT;
      scalar.hashNative(shape, in, from, count - done, counter + done, out, to);
    }
  }

  private static void start(Blake3Shape shape, long counter, int[] counters, int[] cvs) {
    for (int lane = 0; lane < LANES; lane++) {
      long own = counter + (long) lane * shape.counterStep;
      counters[lane] = (int) own;
      counters[LANES + lane] = (int) (own >>> 32);
    }
    for (int i = 0; i < CV_WORDS; i++) {
      IntVector.broadcast(INTS, shape.key[i]).intoArray(cvs, i * LANES);
    }
  }

  /**
   * Loads a block of each input and transposes: in {@code words} come the first words of all
   * inputs, then all second words, and so on.
   *
   * <p>Vector number {@code n} of the 16 begins as words of one input and ends as word {@code n} of
   * all. Each of the steps swaps squares twice as large as the one before.
   *
   * <p>Written out instead of a loop, so that each row has a load instruction to itself: the CPU
   * fetches ahead by instruction.
   */
  private static void load(byte[] in, int offset, int stride, int last, int[] words) {
    narrow(
        row(in, offset, stride, last, 0),
        row(in, offset, stride, last, 1),
        row(in, offset, stride, last, 2),
        row(in, offset, stride, last, 3),
        words,
        0 * LANES);
    narrow(
        row(in, offset, stride, last, 4),
        row(in, offset, stride, last, 5),
        row(in, offset, stride, last, 6),
        row(in, offset, stride, last, 7),
        words,
        4 * LANES);
    narrow(
        row(in, offset, stride, last, 8),
        row(in, offset, stride, last, 9),
        row(in, offset, stride, last, 10),
        row(in, offset, stride, last, 11),
        words,
        8 * LANES);
    narrow(
        row(in, offset, stride, last, 12),
        row(in, offset, stride, last, 13),
        row(in, offset, stride, last, 14),
        row(in, offset, stride, last, 15),
        words,
        12 * LANES);
    widen(words);
  }

  private static IntVector row(byte[] in, int offset, int stride, int last, int n) {
    int at = offset + Math.min(n % LANES, last) * stride + n / LANES * LANES * Integer.BYTES;
    return ByteVector.fromArray(BYTES, in, at).reinterpretAsInts();
  }

  /** The same of chunks outside the heap. */
  private static void load(MemorySegment in, long offset, int last, int[] words) {
    // Tells C2 the class. Without that all kinds of segment that the process uses share one
    // profile, and reading what might be on the heap takes twice as long.
    if (!NATIVE.isInstance(in)) {
      throw new IllegalArgumentException("not a native segment: " + in);
    }
    narrow(
        row(in, offset, last, 0),
        row(in, offset, last, 1),
        row(in, offset, last, 2),
        row(in, offset, last, 3),
        words,
        0 * LANES);
    narrow(
        row(in, offset, last, 4),
        row(in, offset, last, 5),
        row(in, offset, last, 6),
        row(in, offset, last, 7),
        words,
        4 * LANES);
    narrow(
        row(in, offset, last, 8),
        row(in, offset, last, 9),
        row(in, offset, last, 10),
        row(in, offset, last, 11),
        words,
        8 * LANES);
    narrow(
        row(in, offset, last, 12),
        row(in, offset, last, 13),
        row(in, offset, last, 14),
        row(in, offset, last, 15),
        words,
        12 * LANES);
    widen(words);
  }

  private static IntVector row(MemorySegment in, long offset, int last, int n) {
    int lane = Math.min(n % LANES, last) * Blake3Shape.CHUNK;
    int word = n / LANES * LANES;
    long at = offset + lane + (long) word * Integer.BYTES;
    return IntVector.fromMemorySegment(INTS, in, at, ByteOrder.LITTLE_ENDIAN);
  }

  /** The steps of one and two, on four vectors side by side. */
  private static void narrow(
      IntVector a, IntVector b, IntVector c, IntVector d, int[] words, int at) {
    IntVector ab0 = LOW_1.selectFrom(a, b);
    IntVector ab1 = HIGH_1.selectFrom(a, b);
    IntVector cd0 = LOW_1.selectFrom(c, d);
    IntVector cd1 = HIGH_1.selectFrom(c, d);
    LOW_2.selectFrom(ab0, cd0).intoArray(words, at);
    LOW_2.selectFrom(ab1, cd1).intoArray(words, at + LANES);
    HIGH_2.selectFrom(ab0, cd0).intoArray(words, at + 2 * LANES);
    HIGH_2.selectFrom(ab1, cd1).intoArray(words, at + 3 * LANES);
  }

  private static void widen(int[] words) {
    if (LANES > 4) {
      widen(words, 0);
      widen(words, LANES);
      widen(words, 2 * LANES);
      widen(words, 3 * LANES);
    }
  }

  /** The steps of four and eight, on four vectors that lie four vectors apart. */
  private static void widen(int[] words, int at) {
    IntVector a = IntVector.fromArray(INTS, words, at);
    IntVector b = IntVector.fromArray(INTS, words, at + 4 * LANES);
    IntVector c = IntVector.fromArray(INTS, words, at + 8 * LANES);
    IntVector d = IntVector.fromArray(INTS, words, at + 12 * LANES);
    IntVector ab0 = LOW_4.selectFrom(a, b);
    IntVector ab1 = HIGH_4.selectFrom(a, b);
    IntVector cd0 = LOW_4.selectFrom(c, d);
    IntVector cd1 = HIGH_4.selectFrom(c, d);
    boolean eight = LANES > 8;
    (eight ? LOW_8.selectFrom(ab0, cd0) : ab0).intoArray(words, at);
    (eight ? LOW_8.selectFrom(ab1, cd1) : ab1).intoArray(words, at + 4 * LANES);
    (eight ? HIGH_8.selectFrom(ab0, cd0) : cd0).intoArray(words, at + 8 * LANES);
    (eight ? HIGH_8.selectFrom(ab1, cd1) : cd1).intoArray(words, at + 12 * LANES);
  }

  /** Seven rounds over one transposed block of each input; replaces the chaining values. */
  private static void compress(int[] words, int[] cvs, int[] counters, int length, int flags) {
    IntVector v0 = IntVector.fromArray(INTS, cvs, 0 * LANES);
    IntVector v1 = IntVector.fromArray(INTS, cvs, 1 * LANES);
    IntVector v2 = IntVector.fromArray(INTS, cvs, 2 * LANES);
    IntVector v3 = IntVector.fromArray(INTS, cvs, 3 * LANES);
    IntVector v4 = IntVector.fromArray(INTS, cvs, 4 * LANES);
    IntVector v5 = IntVector.fromArray(INTS, cvs, 5 * LANES);
    IntVector v6 = IntVector.fromArray(INTS, cvs, 6 * LANES);
    IntVector v7 = IntVector.fromArray(INTS, cvs, 7 * LANES);
    IntVector v8 = IntVector.broadcast(INTS, Blake3Mode.IV[0]);
    IntVector v9 = IntVector.broadcast(INTS, Blake3Mode.IV[1]);
    IntVector v10 = IntVector.broadcast(INTS, Blake3Mode.IV[2]);
    IntVector v11 = IntVector.broadcast(INTS, Blake3Mode.IV[3]);
    IntVector v12 = IntVector.fromArray(INTS, counters, 0);
    IntVector v13 = IntVector.fromArray(INTS, counters, LANES);
    IntVector v14 = IntVector.broadcast(INTS, length);
    IntVector v15 = IntVector.broadcast(INTS, flags);
    // The words are read in place on purpose: through a method of its own C2 makes this slower by
    // four.
    for (int round = 0; round < ROUNDS * WORDS; round += WORDS) {
      v0 = v0.add(v4).add(IntVector.fromArray(INTS, words, SCHEDULE[round]));
      v12 = v12.lanewise(XOR, v0).lanewise(ROR, 16);
      v8 = v8.add(v12);
      v4 = v4.lanewise(XOR, v8).lanewise(ROR, 12);
      v0 = v0.add(v4).add(IntVector.fromArray(INTS, words, SCHEDULE[round + 1]));
      v12 = v12.lanewise(XOR, v0).lanewise(ROR, 8);
      v8 = v8.add(v12);
      v4 = v4.lanewise(XOR, v8).lanewise(ROR, 7);
      v1 = v1.add(v5).add(IntVector.fromArray(INTS, words, SCHEDULE[round + 2]));
      v13 = v13.lanewise(XOR, v1).lanewise(ROR, 16);
      v9 = v9.add(v13);
      v5 = v5.lanewise(XOR, v9).lanewise(ROR, 12);
      v1 = v1.add(v5).add(IntVector.fromArray(INTS, words, SCHEDULE[round + 3]));
      v13 = v13.lanewise(XOR, v1).lanewise(ROR, 8);
      v9 = v9.add(v13);
      v5 = v5.lanewise(XOR, v9).lanewise(ROR, 7);
      v2 = v2.add(v6).add(IntVector.fromArray(INTS, words, SCHEDULE[round + 4]));
      v14 = v14.lanewise(XOR, v2).lanewise(ROR, 16);
      v10 = v10.add(v14);
      v6 = v6.lanewise(XOR, v10).lanewise(ROR, 12);
      v2 = v2.add(v6).add(IntVector.fromArray(INTS, words, SCHEDULE[round + 5]));
      v14 = v14.lanewise(XOR, v2).lanewise(ROR, 8);
      v10 = v10.add(v14);
      v6 = v6.lanewise(XOR, v10).lanewise(ROR, 7);
      v3 = v3.add(v7).add(IntVector.fromArray(INTS, words, SCHEDULE[round + 6]));
      v15 = v15.lanewise(XOR, v3).lanewise(ROR, 16);
      v11 = v11.add(v15);
      v7 = v7.lanewise(XOR, v11).lanewise(ROR, 12);
      v3 = v3.add(v7).add(IntVector.fromArray(INTS, words, SCHEDULE[round + 7]));
      v15 = v15.lanewise(XOR, v3).lanewise(ROR, 8);
      v11 = v11.add(v15);
      v7 = v7.lanewise(XOR, v11).lanewise(ROR, 7);
      v0 = v0.add(v5).add(IntVector.fromArray(INTS, words, SCHEDULE[round + 8]));
      v15 = v15.lanewise(XOR, v0).lanewise(ROR, 16);
      v10 = v10.add(v15);
      v5 = v5.lanewise(XOR, v10).lanewise(ROR, 12);
      v0 = v0.add(v5).add(IntVector.fromArray(INTS, words, SCHEDULE[round + 9]));
      v15 = v15.lanewise(XOR, v0).lanewise(ROR, 8);
      v10 = v10.add(v15);
      v5 = v5.lanewise(XOR, v10).lanewise(ROR, 7);
      v1 = v1.add(v6).add(IntVector.fromArray(INTS, words, SCHEDULE[round + 10]));
      v12 = v12.lanewise(XOR, v1).lanewise(ROR, 16);
      v11 = v11.add(v12);
      v6 = v6.lanewise(XOR, v11).lanewise(ROR, 12);
      v1 = v1.add(v6).add(IntVector.fromArray(INTS, words, SCHEDULE[round + 11]));
      v12 = v12.lanewise(XOR, v1).lanewise(ROR, 8);
      v11 = v11.add(v12);
      v6 = v6.lanewise(XOR, v11).lanewise(ROR, 7);
      v2 = v2.add(v7).add(IntVector.fromArray(INTS, words, SCHEDULE[round + 12]));
      v13 = v13.lanewise(XOR, v2).lanewise(ROR, 16);
      v8 = v8.add(v13);
      v7 = v7.lanewise(XOR, v8).lanewise(ROR, 12);
      v2 = v2.add(v7).add(IntVector.fromArray(INTS, words, SCHEDULE[round + 13]));
      v13 = v13.lanewise(XOR, v2).lanewise(ROR, 8);
      v8 = v8.add(v13);
      v7 = v7.lanewise(XOR, v8).lanewise(ROR, 7);
      v3 = v3.add(v4).add(IntVector.fromArray(INTS, words, SCHEDULE[round + 14]));
      v14 = v14.lanewise(XOR, v3).lanewise(ROR, 16);
      v9 = v9.add(v14);
      v4 = v4.lanewise(XOR, v9).lanewise(ROR, 12);
      v3 = v3.add(v4).add(IntVector.fromArray(INTS, words, SCHEDULE[round + 15]));
      v14 = v14.lanewise(XOR, v3).lanewise(ROR, 8);
      v9 = v9.add(v14);
      v4 = v4.lanewise(XOR, v9).lanewise(ROR, 7);
    }
    v0.lanewise(XOR, v8).intoArray(cvs, 0 * LANES);
    v1.lanewise(XOR, v9).intoArray(cvs, 1 * LANES);
    v2.lanewise(XOR, v10).intoArray(cvs, 2 * LANES);
    v3.lanewise(XOR, v11).intoArray(cvs, 3 * LANES);
    v4.lanewise(XOR, v12).intoArray(cvs, 4 * LANES);
    v5.lanewise(XOR, v13).intoArray(cvs, 5 * LANES);
    v6.lanewise(XOR, v14).intoArray(cvs, 6 * LANES);
    v7.lanewise(XOR, v15).intoArray(cvs, 7 * LANES);
  }

  private static void store(int[] cvs, byte[] out, int offset, int last) {
    for (int lane = 0; lane <= last; lane++) {
      for (int i = 0; i < CV_WORDS; i++) {
        INT.set(out, offset + lane * OUT + i * Integer.BYTES, cvs[i * LANES + lane]);
      }
    }
  }
}
