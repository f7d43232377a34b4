package dev.germline.blobstore.weights;

import dev.germline.blobstore.BlobStoreSettings;
import dev.germline.blobstore.SomeBytes;
import dev.germline.blobstore.segment.DataKeys;
import dev.germline.blobstore.segment.SegmentSettings;
import dev.germline.blobstore.segment.SegmentStore;
import dev.germline.core.weights.ContentDigest;
import dev.germline.core.weights.Tenant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

/** A process that stores several large files at once; run by {@link MemoryBoundIT}. */
final class ConcurrentPuts {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private ConcurrentPuts() {}

  /** endpoint, access key, secret key, bucket, how many, bytes of each. */
  public static void main(String[] arguments) {
    int count = Integer.parseInt(arguments[4]);
    long size = Long.parseLong(arguments[5]);
    SegmentSettings settings =
        SegmentSettings.of(
                List.of(
                    BlobStoreSettings.of(
                            URI.create(arguments[0]), arguments[1], arguments[2], arguments[3])
                        .target()))
            .withBuffers(16 << 20, 2, PATIENCE);
    try (SegmentStore segments = new SegmentStore(settings, DataKeys.none());
        WeightStore store =
            new WeightStore(
                new MemoryIndex(),
                segments,
                new WeightStore.Limits(64 << 20, 16 << 20, PATIENCE))) {
      List<CompletableFuture<Void>> puts =
          LongStream.range(0, count)
              .mapToObj(seed ->
                  CompletableFuture.runAsync(
                      () -> put(store, seed, size), work -> Thread.ofVirtual().start(work)))
              .toList();
      puts.forEach(CompletableFuture::join);
    }
    System.out.println("stored");
  }

  private static void put(WeightStore store, long seed, long size) {
    try {
      store.put(
          new WeightStore.Incoming(
              Tenant.DEFAULT,
              "some.bin",
              size,
              ContentDigest.blake3(SomeBytes.digests(seed, size).blake3()),
              store.noBases()),
          new SomeBytes(seed, size),
          new Transfer() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
