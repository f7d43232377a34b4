package dev.germline.app.blobs;

import dev.germline.core.weights.FileDigests;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Hashes of uploads between two requests, so that most uploads need not be read back. They may be
 * lost at any time: then they are. Thread-safe.
 */
final class RunningHashes {
  private static final int MOST = 1024;

  private final Map<UploadId, FileDigests> kept =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UploadId, FileDigests> eldest) {
          return size() > MOST;
        }
      };

  /**
   * The hash of the bytes received so far, if it is here; nobody else has it until it is kept
   * again.
   */
  synchronized Optional<FileDigests> take(Upload upload) {
    FileDigests digests = kept.remove(upload.id());
    if (upload.received() == 0) {
      return Optional.of(new FileDigests(upload.size()));
    }
    return Optional.ofNullable(digests).filter(known -> known.seen() == upload.received());
  }

  /** Only for hashes of exactly the bytes that count. */
  synchronized void keep(UploadId id, FileDigests digests) {
    kept.put(id, digests);
  }
}
