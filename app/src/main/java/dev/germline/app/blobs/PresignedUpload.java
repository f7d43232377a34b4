package dev.germline.app.blobs;

import dev.germline.blobstore.Staging.Staged;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.ContentDigest;
import java.time.Instant;

/**
 * An upload on its way straight to S3.
 *
 * @param blake3 what the bytes must hash to
 * @param principal who sends them
 * @param size of all in bytes
 * @param partSize of every part but the last, in bytes
 * @param staged where they are collected
 */
record PresignedUpload(
    UploadId id,
    Digest blake3,
    String principal,
    long size,
    int partSize,
    Hints hints,
    Staged staged,
    Instant expiresAt) {
  ContentDigest digest() {
    return ContentDigest.blake3(blake3);
  }

  int partCount() {
    return Math.toIntExact(Math.ceilDiv(size, partSize));
  }

  long partLength(int number) {
    return Math.min(partSize, size - (number - 1L) * partSize);
  }
}
