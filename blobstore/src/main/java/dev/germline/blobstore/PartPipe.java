package dev.germline.blobstore;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Sends the parts of one upload while the next is read: at most two are on their way. Closing waits
 * for them, so that no buffer is given back while it is sent. For one thread.
 */
final class PartPipe implements AutoCloseable {
  private static final int MOST = 2;

  private final MultipartUploads uploads;
  private final Executor executor;
  private final String key;
  private final String uploadId;
  private final List<CompletableFuture<StagedPart>> sent = new ArrayList<>();

  PartPipe(MultipartUploads uploads, Executor executor, String key, String uploadId) {
    this.uploads = uploads;
    this.executor = executor;
    this.key = key;
    this.uploadId = uploadId;
  }

  /** Sends the buffer's bytes and then closes it, on another thread. Waits while two are sent. */
  void send(int number, PartBuffers.Buffer buffer) {
    try {
      sent.add(
          CompletableFuture.supplyAsync(
              () -> {
                try (buffer) {
                  String etag = uploads.put(key, uploadId, number, buffer.bytes(), buffer.length());
                  return new StagedPart(number, etag, buffer.length());
                }
              },
              executor));
    } catch (RuntimeException refused) {
      buffer.close();
      throw refused;
    }
    if (sent.size() >= MOST) {
      await(sent.get(sent.size() - MOST));
    }
  }

  /** All parts, once they are stored; throws what kept one from it. */
  List<StagedPart> finish() {
    return sent.stream().map(PartPipe::await).toList();
  }

  private static StagedPart await(CompletableFuture<StagedPart> part) {
    try {
      return part.join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof RuntimeException ours) {
        throw ours;
      }
      throw failure;
    }
  }

  @Override
  public void close() {
    for (CompletableFuture<StagedPart> part : sent) {
      part.handle((_, _) -> true).join();
    }
  }
}
