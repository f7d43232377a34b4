package dev.germline.blobstore.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameCacheTest {
  private static final Digest SEGMENT = Blake3.hash(new byte[] {1});

  @TempDir Path directory;

  @Test
  void whatWasUsedLeastRecentlyGoesFirst() {
    FrameCache cache = new FrameCache(directory, 3000);
    put(cache, 0, 1000);
    put(cache, 1, 1000);
    put(cache, 2, 1000);
    assertThat(has(cache, 0, 1)).isTrue();

    put(cache, 3, 1500);

    assertThat(has(cache, 0, 1)).isTrue();
    assertThat(has(cache, 1, 1)).isFalse();
    assertThat(has(cache, 2, 1)).isFalse();
    assertThat(has(cache, 3, 1500)).isTrue();
    assertThat(has(cache, 3, 1501)).isFalse();
    assertThat(cache.bytes()).isEqualTo(2500).isEqualTo(onDisk());
    put(cache, 4, 3001);
    assertThat(has(cache, 4, 1)).isFalse();
    put(cache, 3, 100);
    assertThat(cache.bytes()).isEqualTo(1100).isEqualTo(onDisk());
  }

  @Test
  void aNewProcessGoesOnWithWhatTheOldOneLeft() throws IOException {
    FrameCache before = new FrameCache(directory, 10_000);
    for (int block = 0; block < 5; block++) {
      put(before, block, 1000);
      Files.setLastModifiedTime(
          file(block), FileTime.from(Instant.parse("2026-01-0" + (5 - block) + "T00:00:00Z")));
    }
    Files.writeString(directory.resolve("x.part"), "cut off by a kill");
    Files.writeString(directory.resolve("notes.txt"), "not ours");

    FrameCache after = new FrameCache(directory, 3000);

    assertThat(has(after, 4, 1)).isFalse();
    assertThat(has(after, 3, 1)).isFalse();
    assertThat(has(after, 0, 1000)).isTrue();
    assertThat(after.bytes()).isEqualTo(3000);
    assertThat(directory.resolve("x.part")).doesNotExist();
    assertThat(directory.resolve("notes.txt")).exists();
  }

  @Test
  void aDeletedFileIsAMissAndCountsNoMore() throws IOException {
    FrameCache cache = new FrameCache(directory, 3000);
    put(cache, 0, 1000);
    Files.delete(file(0));

    assertThat(has(cache, 0, 1)).isFalse();
    assertThat(cache.bytes()).isZero();
    put(cache, 0, 1000);
    assertThat(has(cache, 0, 1)).isTrue();
  }

  @Test
  void aRangeIsDroppedWithEveryBlockThatHasAByteOfIt() {
    FrameCache cache = new FrameCache(directory, 30_000);
    for (int block = 0; block < 4; block++) {
      put(cache, block, 1000);
    }
    cache.drop(SEGMENT, FrameCache.BLOCK, 2 * FrameCache.BLOCK + 1);

    assertThat(has(cache, 0, 1)).isTrue();
    assertThat(has(cache, 1, 1)).isFalse();
    assertThat(has(cache, 2, 1)).isFalse();
    assertThat(has(cache, 3, 1)).isTrue();
  }

  @Test
  void aDirectoryThatVanishesCostsTheCacheOnly() throws IOException {
    FrameCache cache = new FrameCache(directory.resolve("cache"), 3000);
    Files.delete(directory.resolve("cache"));
    Files.writeString(directory.resolve("cache"), "a file now");

    put(cache, 0, 1000);

    assertThat(has(cache, 0, 1)).isFalse();
  }

  private static void put(FrameCache cache, int block, int length) {
    cache.put(SEGMENT, block, new byte[length + 2], 1, length);
  }

  /** Whether the cache has so many zeros of a block. */
  private static boolean has(FrameCache cache, int block, int length) {
    byte[] out = new byte[length + 2];
    Arrays.fill(out, (byte) 1);
    return cache.read(SEGMENT, block, 0, out, 1, length)
        && out[0] == 1
        && out[length + 1] == 1
        && Arrays.equals(out, 1, length + 1, new byte[length], 0, length);
  }

  private Path file(int block) {
    String hex = SEGMENT.toHex();
    return directory.resolve(hex.substring(0, 2)).resolve(hex + "-" + block);
  }

  private long onDisk() {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(path -> path.toFile().length()).sum();
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }
}
