package dev.germline.core.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** The vector lanes against plain Java; the build's JVMs have the module they need. */
class Blake3KernelTest {
  private static final int OUT = Blake3Kernel.OUT;

  private final Blake3Kernel scalar = new Blake3Scalar();

  /** The last property of a machine that this needs; on others plain Java is all there is. */
  private static Blake3Kernel lanes() {
    boolean fits = Blake3Lanes.fitsThisCpu();
    if (!fits) {
      System.out.println("skipped: this CPU has no vectors of 4, 8 or 16 ints");
    }
    assumeTrue(fits);
    return new Blake3Lanes();
  }

  @Property(tries = 60)
  void chunksHashAlike(
      @ForAll @IntRange(min = 1, max = 40) int count,
      @ForAll @IntRange(max = 70) int offset,
      @ForAll @LongRange(min = 0, max = 1L << 34) long counter,
      @ForAll long seed) {
    byte[] in = random(offset + count * Blake3Shape.CHUNK, seed);
    assertAlike(Blake3Mode.HASH.chunks, in, offset, Blake3Shape.CHUNK, count, counter);
    Blake3Mode keyed = Blake3Mode.keyed(random(32, seed));
    assertAlike(keyed.chunks, in, offset, Blake3Shape.CHUNK, count, counter);
  }

  @Property(tries = 60)
  void shortInputsOfOneLengthHashAlike(
      @ForAll @IntRange(min = 1, max = 100) int count,
      @ForAll @IntRange(max = 200) int length,
      @ForAll long seed) {
    int stride = Math.max(1, (length + 63) / 64) * 64;
    byte[] in = random(count * stride, seed);
    for (int i = 0; i < count; i++) {
      Arrays.fill(in, i * stride + length, (i + 1) * stride, (byte) 0);
    }
    Blake3Shape shape = Blake3Shape.input(Blake3Mode.HASH, length);
    assertAlike(shape, in, 0, stride, count, 0);
    byte[] out = new byte[count * OUT];
    lanes().hash(shape, in, 0, stride, count, 0, out, 0);
    for (int i = 0; i < count; i++) {
      byte[] alone = Arrays.copyOfRange(out, i * OUT, (i + 1) * OUT);
      assertThat(alone).isEqualTo(Blake3.hash(in, i * stride, length).bytes());
    }
  }

  @Property(tries = 60)
  void parentsHashAlikeInPlace(@ForAll @IntRange(min = 1, max = 100) int count, @ForAll long seed) {
    byte[] mine = random(count * 2 * OUT, seed);
    byte[] theirs = mine.clone();
    lanes().hash(Blake3Mode.HASH.parents, mine, 0, 2 * OUT, count, 0, mine, 0);
    scalar.hash(Blake3Mode.HASH.parents, theirs, 0, 2 * OUT, count, 0, theirs, 0);
    assertThat(Arrays.copyOf(mine, count * OUT)).isEqualTo(Arrays.copyOf(theirs, count * OUT));
  }

  /** A whole hash by lanes from its first byte on, though a test hashes too little for a switch. */
  @Property(tries = 30)
  void wholeInputsHashAlike(@ForAll @IntRange(max = 1_500_000) int length, @ForAll long seed) {
    byte[] in = random(length, seed);
    assertThat(state(lanes(), in).digest()).isEqualTo(state(scalar, in).digest());
  }

  @Property(tries = 60)
  void chunksOutsideTheHeapHashAlike(
      @ForAll @IntRange(min = 1, max = 40) int count,
      @ForAll @IntRange(max = 70) int offset,
      @ForAll long seed) {
    byte[] in = random(offset + count * Blake3Shape.CHUNK, seed);
    byte[] onHeap = new byte[count * OUT];
    scalar.hash(Blake3Mode.HASH.chunks, in, offset, Blake3Shape.CHUNK, count, 7, onHeap, 0);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment offHeap = arena.allocate(in.length);
      MemorySegment.copy(MemorySegment.ofArray(in), 0, offHeap, 0, in.length);
      for (Blake3Kernel kernel : List.of(scalar, lanes())) {
        byte[] out = new byte[count * OUT];
        kernel.hashNative(Blake3Mode.HASH.chunks, offHeap, offset, count, 7, out, 0);
        assertThat(out).isEqualTo(onHeap);
      }
    }
  }

  private static Blake3State state(Blake3Kernel kernel, byte[] in) {
    Blake3State state = new Blake3State(Blake3Mode.HASH, kernel);
    state.add(MemorySegment.ofArray(in));
    return state;
  }

  @Test
  void aKernelThatIsFasterAndRightPassesTheTrial() {
    assertThat(new Blake3Trial(new Wrapped(scalar, 20, 0)).of(scalar)).isEmpty();
  }

  @Test
  void aKernelThatGetsOneLaneWrongFailsTheTrial() {
    Optional<String> against = new Blake3Trial(scalar).of(new Wrapped(scalar, 1, 1));
    assertThat(against).hasValueSatisfying(why -> assertThat(why).contains("wrong hashes"));
  }

  /** A kernel made worse: every pass repeated, bits of the last value flipped. */
  private record Wrapped(Blake3Kernel kernel, int repetitions, int flipped)
      implements Blake3Kernel {
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
      for (int i = 0; i < repetitions; i++) {
        kernel.hash(shape, in, offset, stride, count, counter, out, outOffset);
      }
      out[outOffset + (count - 1) * OUT] ^= (byte) flipped;
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
      kernel.hashNative(shape, in, offset, count, counter, out, outOffset);
    }
  }

  private void assertAlike(
      Blake3Shape shape, byte[] in, int offset, int stride, int count, long counter) {
    byte[] mine = new byte[count * OUT + 9];
    byte[] theirs = new byte[count * OUT + 9];
    lanes().hash(shape, in, offset, stride, count, counter, mine, 4);
    scalar.hash(shape, in, offset, stride, count, counter, theirs, 4);
    assertThat(mine).isEqualTo(theirs);
  }

  private static byte[] random(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
