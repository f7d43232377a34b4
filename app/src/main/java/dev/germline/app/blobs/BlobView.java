package dev.germline.app.blobs;

import dev.germline.core.weights.FileDigests;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * A stored blob.
 *
 * @param blake3 its name here, 64 hex digits
 * @param sha256 as LFS names it, 64 hex digits
 * @param sha1 as git names it (of {@code "blob SIZE NUL bytes"}), 40 hex digits
 * @param sizeBytes its length
 */
@Schema(name = "Blob")
record BlobView(String blake3, String sha256, String sha1, long sizeBytes) {
  static BlobView of(FileDigests.Result blob) {
    return new BlobView(
        blob.blake3().toHex(), blob.sha256().toHex(), blob.gitSha1().hex(), blob.size());
  }
}
