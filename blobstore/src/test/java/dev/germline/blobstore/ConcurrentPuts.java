package dev.germline.blobstore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

/** A process that stores several large blobs at once; run by {@link MemoryBoundIT}. */
final class ConcurrentPuts {
  private ConcurrentPuts() {}

  /** endpoint, access key, secret key, bucket, how many, bytes of each. */
  public static void main(String[] arguments) {
    int count = Integer.parseInt(arguments[4]);
    long size = Long.parseLong(arguments[5]);
    try (BlobStore store =
        new BlobStore(
            BlobStoreSettings.of(URI.create(arguments[0]), arguments[1], arguments[2], arguments[3])
                .withBuffers(8 << 20, 24 << 20))) {
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

  private static void put(BlobStore store, long seed, long size) {
    try {
      store.put(new SomeBytes(seed, size), size, Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
