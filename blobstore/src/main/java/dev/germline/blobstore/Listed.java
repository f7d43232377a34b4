package dev.germline.blobstore;

import dev.germline.core.substrate.Digest;
import java.time.Instant;

/** What a listing of the store comes upon. */
public sealed interface Listed {
  /**
   * A blob, as named; whether its bytes hash to the name is another question.
   *
   * @param size in bytes
   */
  record Blob(Digest blake3, long size) implements Listed {}

  /**
   * Something that no blob is named like: a killed S3 server left it half written. Nobody can read
   * it through this store.
   */
  record Leftover(String key, long size, Instant changed) implements Listed {}
}
