package dev.germline.blobstore;

import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.FileDigests;

/** What reading a blob back shows. */
public sealed interface Verdict {
  /** The bytes are those of the name. */
  record Intact(FileDigests.Result digests) implements Verdict {}

  /** There is no such blob. */
  record Missing(Digest blake3) implements Verdict {}

  /** There are other bytes under the name. */
  record Damaged(Digest blake3, FileDigests.Result found) implements Verdict {}
}
