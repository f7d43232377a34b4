package dev.germline.app.blobs;

import dev.germline.core.weights.FileDigests;

/** What has become of an upload. */
sealed interface Progress {
  /** The blob is in its place. */
  record Complete(FileDigests.Result blob) implements Progress {}

  /**
   * More bytes are wanted.
   *
   * @param offset of the next one
   */
  record Partial(long offset) implements Progress {}
}
