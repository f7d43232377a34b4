package dev.germline.blobstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PartBuffersTest {
  private static final int PART = 1 << 20;

  @Test
  void whoFindsNoMemoryIsRefusedAfterAWhile() {
    PartBuffers buffers = new PartBuffers(PART, 2 * PART, Duration.ofMillis(1));
    PartBuffers.Buffer first = buffers.take(PART);
    PartBuffers.Buffer second = buffers.take(PART);

    assertThatThrownBy(() -> buffers.take(1))
        .isInstanceOfSatisfying(
            GermlineException.class,
            refused -> assertThat(refused.fault()).isEqualTo(Fault.OVERLOADED));

    first.close();
    first.close(); // counts once
    buffers.take(PART).close();
    second.close();
  }

  @Test
  void whoWaitsIsServedWhenMemoryComesBack() {
    PartBuffers buffers = new PartBuffers(PART, PART, Duration.ofMinutes(1));
    PartBuffers.Buffer held = buffers.take(PART);
    CompletableFuture<Integer> waiting =
        CompletableFuture.supplyAsync(() -> {
          try (PartBuffers.Buffer buffer = buffers.take(10)) {
            return buffer.length();
          }
        });
    held.close();
    assertThat(waiting.join()).isEqualTo(10);
  }

  @Test
  void smallBodiesTakeLittle() {
    PartBuffers buffers = new PartBuffers(PART, PART, Duration.ofMillis(1));
    for (int i = 0; i < 16; i++) {
      assertThat(buffers.take(1 << 16).bytes()).hasSize(1 << 16);
    }
    assertThatThrownBy(() -> buffers.take(1)).isInstanceOf(GermlineException.class);
  }

  @Test
  void aBufferIsFilledWholeOrNotAtAll() throws IOException {
    PartBuffers buffers = new PartBuffers(PART, PART, Duration.ofMillis(1));
    try (PartBuffers.Buffer buffer = buffers.take(3)) {
      buffer.fill(new ByteArrayInputStream(new byte[] {1, 2, 3, 4}));
      assertThat(buffer.bytes()).containsExactly(1, 2, 3);
      assertThatThrownBy(() -> buffer.fill(new ByteArrayInputStream(new byte[] {1, 2})))
          .isInstanceOf(EOFException.class);
    }
  }
}
