package dev.germline.core.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Damaged files of every format: each is read or refused with the right fault, whatever it states
 * about itself costs no memory, and no read leaves the file. The seed is fixed, so a failure
 * repeats.
 */
class ParserFuzzTest {
  private static final int ROUNDS = 20_000;

  /** Jackson's own buffers and the first reading of a class are within this; a bomb is not. */
  private static final long MOST_ALLOCATED = 8L << 20;

  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  static Stream<Arguments> files() {
    return Stream.of(
        Arguments.of("lora.safetensors", WeightFiles.lora()),
        Arguments.of("little.gguf", WeightFiles.gguf(3, ByteOrder.LITTLE_ENDIAN)),
        Arguments.of("big.gguf", WeightFiles.gguf(2, ByteOrder.BIG_ENDIAN)),
        Arguments.of("model.onnx", WeightFiles.onnx()),
        Arguments.of(
            "adapter_config.json", WeightFiles.PEFT_CONFIG.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void damagedFilesAreReadOrRefused(String path, byte[] valid) throws Exception {
    assertThat(FileSummary.of(path, ByteSource.of(valid))).isNotNull();
    var random = new Random(20261121);
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] damaged = damage(valid, random);
      long before = THREADS.getCurrentThreadAllocatedBytes();
      try {
        FileSummary.of(path, new Watched(damaged));
      } catch (GermlineException refusal) {
        refused++;
        assertThat(refusal.fault()).isIn(Fault.FILE_INVALID, Fault.LIMIT_EXCEEDED);
        assertThat(refusal.detail()).startsWith("'" + path + "' ").hasSizeLessThan(2000);
      } catch (RuntimeException defect) {
        throw new AssertionError("round " + round + ": " + Arrays.toString(damaged), defect);
      }
      assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
          .as("bytes allocated in round %d", round)
          .isLessThan(MOST_ALLOCATED);
    }
    assertThat(refused).isBetween(ROUNDS / 4, ROUNDS - 1);
  }

  private static byte[] damage(byte[] valid, Random random) {
    byte[] bytes = valid.clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt();
        case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
        case 3 -> {
          // A count or length of 64 bits, all ones up to some bit: the usual bomb.
          long huge = -1L >>> random.nextInt(64);
          for (int b = 0; b < 8 && at + b < bytes.length; b++) {
            bytes[at + b] = (byte) (huge >>> (8 * b));
          }
        }
        case 4 -> {
          int from = random.nextInt(bytes.length);
          int length = Math.min(random.nextInt(32), bytes.length - Math.max(at, from));
          System.arraycopy(valid, Math.min(from, valid.length - length), bytes, at, length);
        }
        default -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(64));
      }
    }
    return bytes;
  }

  /** Fails the test on a read that leaves the file or is larger than promised. */
  private static final class Watched implements ByteSource {
    private final byte[] bytes;

    Watched(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public byte[] read(long offset, int length) {
      if (offset < 0 || length < 0 || offset + length > bytes.length || length > 1 << 20) {
        throw new AssertionError("read of " + length + " at " + offset);
      }
      return Arrays.copyOfRange(bytes, (int) offset, (int) offset + length);
    }
  }
}
