package dev.germline.core.merkle;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Runs a kernel on known inputs of every shape until it is compiled, and compares: its values with
 * those of plain Java, every time, and in the end its speed. No hash depends on the clock read
 * here, only by which kernel it is computed.
 */
final class Blake3Trial {
  /** How long a kernel may take to become fast; where C2 is off it never does. */
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  /** Passes in a row that must be faster than plain Java. */
  private static final int CONVINCING = 100;

  private static final int CHUNKS = 16;

  /** Of the first chunk: the counters of some lanes need their upper half. */
  private static final long COUNTER = 0xffff_fff8L;

  private final Blake3Kernel scalar;
  private final byte[] in = new byte[CHUNKS * Blake3Shape.CHUNK];
  private final MemorySegment offHeap = Arena.ofAuto().allocate(in.length);
  private final byte[] out = new byte[in.length];
  private final List<Task> tasks = new ArrayList<>();

  Blake3Trial(Blake3Kernel scalar) {
    this.scalar = scalar;
    new Random(1).nextBytes(in);
    MemorySegment.copy(MemorySegment.ofArray(in), 0, offHeap, 0, in.length);
    Blake3Shape chunks = Blake3Mode.HASH.chunks;
    // The first is the one whose time is taken.
    add(CHUNKS, kernel -> kernel.hash(chunks, in, 0, Blake3Shape.CHUNK, CHUNKS, COUNTER, out, 0));
    add(5, kernel -> kernel.hash(chunks, in, 0, Blake3Shape.CHUNK, 5, COUNTER, out, 0));
    add(CHUNKS, kernel -> kernel.hashNative(chunks, offHeap, 0, CHUNKS, COUNTER, out, 0));
    Blake3Shape parents = Blake3Mode.HASH.parents;
    add(40, kernel -> kernel.hash(parents, in, 0, Blake3Shape.BLOCK, 40, 0, out, 0));
    // Not zero behind the end, as it should be, but the same for both.
    Blake3Shape shorts = Blake3Shape.input(Blake3Mode.HASH, 79);
    add(21, kernel -> kernel.hash(shorts, in, 0, 2 * Blake3Shape.BLOCK, 21, 0, out, 0));
  }

  private void add(int values, Pass pass) {
    pass.run(scalar);
    tasks.add(new Task(pass, Arrays.copyOf(out, values * Blake3Kernel.OUT)));
  }

  /** Nothing if the kernel is right and faster, else what is wrong with it. */
  Optional<String> of(Blake3Kernel kernel) {
    long start = System.nanoTime();
    int faster = 0;
    while (faster < CONVINCING) {
      faster = nanos(kernel) < nanos(scalar) ? faster + 1 : 0;
      for (Task task : tasks) {
        Arrays.fill(out, (byte) 0);
        task.pass.run(kernel);
        int length = task.expected.length;
        if (!Arrays.equals(out, 0, length, task.expected, 0, length)) {
          return Optional.of("its vector code computes wrong hashes here");
        }
      }
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        return Optional.of("its vector code is slower here");
      }
    }
    return Optional.empty();
  }

  private long nanos(Blake3Kernel kernel) {
    long start = System.nanoTime();
    tasks.getFirst().pass.run(kernel);
    return System.nanoTime() - start;
  }

  /** Writes its values to {@link #out}. */
  @FunctionalInterface
  private interface Pass {
    void run(Blake3Kernel kernel);
  }

  private static final class Task {
    final Pass pass;
    final byte[] expected;

    Task(Pass pass, byte[] expected) {
      this.pass = pass;
      this.expected = expected;
    }
  }
}
