package dev.germline.core.merkle;

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
  private static final long PATIENCE_NANOS = 10_000_000_000L;

  /** Passes in a row that must be faster than plain Java. */
  private static final int CONVINCING = 100;

  private static final int CHUNKS = 16;

  /** Of the first chunk: the counters of some lanes need their upper half. */
  private static final long COUNTER = 0xffff_fff8L;

  private final Blake3Kernel scalar;
  private final byte[] in = new byte[CHUNKS * Blake3Shape.CHUNK];
  private final byte[] out = new byte[in.length];
  private final List<Task> tasks = new ArrayList<>();

  Blake3Trial(Blake3Kernel scalar) {
    this.scalar = scalar;
    new Random(1).nextBytes(in);
    // The first is the one whose time is taken. The last has few bytes in its second block: what
    // comes after them is not zero, which both kernels must take in alike.
    add(Blake3Mode.HASH.chunks, Blake3Shape.CHUNK, CHUNKS);
    add(Blake3Mode.HASH.chunks, Blake3Shape.CHUNK, 5);
    add(Blake3Mode.HASH.parents, Blake3Shape.BLOCK, 40);
    add(Blake3Mode.HASH.root, Blake3Shape.BLOCK, 1);
    add(Blake3Shape.input(Blake3Mode.HASH, 79), 2 * Blake3Shape.BLOCK, 21);
  }

  private void add(Blake3Shape shape, int stride, int count) {
    tasks.add(new Task(shape, stride, count));
  }

  /** Nothing if the kernel is right and faster, else what is wrong with it. */
  Optional<String> of(Blake3Kernel kernel) {
    long start = System.nanoTime();
    int faster = 0;
    while (faster < CONVINCING) {
      faster = nanos(kernel) < nanos(scalar) ? faster + 1 : 0;
      for (Task task : tasks) {
        task.run(kernel);
        if (!task.asExpected()) {
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
    tasks.getFirst().run(kernel);
    return System.nanoTime() - start;
  }

  private final class Task {
    private final Blake3Shape shape;
    private final int stride;
    private final int count;
    private final byte[] expected;

    Task(Blake3Shape shape, int stride, int count) {
      this.shape = shape;
      this.stride = stride;
      this.count = count;
      run(scalar);
      this.expected = Arrays.copyOf(out, count * Blake3Kernel.OUT);
    }

    void run(Blake3Kernel kernel) {
      kernel.hash(shape, in, 0, stride, count, COUNTER, out, 0);
    }

    boolean asExpected() {
      return Arrays.equals(out, 0, expected.length, expected, 0, expected.length);
    }
  }
}
