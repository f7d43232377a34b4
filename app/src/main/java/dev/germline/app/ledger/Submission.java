package dev.germline.app.ledger;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.ledger.Batch;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.Digest;
import java.util.Map;

/**
 * What a feature asks the ledger to make true, all of it or nothing.
 *
 * @param batch the entities to put and to remove
 * @param contents the records behind new documents, by hash, each at most {@value
 *     #MAX_CONTENT_BYTES} bytes; larger contents are blobs
 * @param rows the registry rows that go with them
 */
public record Submission(Batch batch, Map<Digest, byte[]> contents, Rows rows) {
  /** The longest content kept beside the ledger. */
  public static final int MAX_CONTENT_BYTES = 64 << 10;

  /**
   * @throws GermlineException LIMIT_EXCEEDED for a content too long, HASH_MISMATCH for one under
   *     another's hash
   */
  public Submission {
    contents = Map.copyOf(contents);
    contents.forEach(Submission::check);
  }

  private static void check(Digest hash, byte[] content) {
    if (content.length > MAX_CONTENT_BYTES) {
      throw new GermlineException(
          Fault.LIMIT_EXCEEDED,
          "a content beside the ledger has at most %d bytes, this one %d"
              .formatted(MAX_CONTENT_BYTES, content.length));
    }
    if (!Blake3.hash(content).equals(hash)) {
      throw new GermlineException(Fault.HASH_MISMATCH, "a content does not hash to " + hash);
    }
  }
}
