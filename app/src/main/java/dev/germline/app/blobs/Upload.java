package dev.germline.app.blobs;

import dev.germline.blobstore.Staging.Staged;
import dev.germline.core.substrate.Digest;
import java.time.Instant;

/**
 * An upload on its way.
 *
 * @param blake3 what the bytes must hash to
 * @param principal who sends them
 * @param size of all in bytes
 * @param partSize of every part but the last, in bytes
 * @param staged where they are collected
 * @param received bytes that count, from the first on; streamed uploads only
 * @param decided the last part is in too, so that no byte can change any more
 */
record Upload(
    UploadId id,
    Kind kind,
    Digest blake3,
    String principal,
    long size,
    int partSize,
    Staged staged,
    long received,
    boolean decided,
    Instant expiresAt) {
  /** How the bytes come. */
  enum Kind {
    /** Through the server, in order. */
    STREAMED,
    /** Straight to S3, in any order. */
    PRESIGNED
  }

  int partCount() {
    return Math.toIntExact(Math.ceilDiv(size, partSize));
  }

  long partLength(int number) {
    return Math.min(partSize, size - (number - 1L) * partSize);
  }
}
