package dev.germline.app.layers;

import dev.germline.app.ledger.Contents;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.substrate.Digest;
import java.util.Collection;
import java.util.Map;

/** Where records lie: small ones beside the ledger, large ones in the store of bytes. */
public final class Records {
  private final Contents contents;

  public Records(Contents contents) {
    this.contents = contents;
  }

  /** The record with this hash, which a row of the registry names. */
  byte[] read(Digest contentHash) {
    return contents.record(contentHash).orElseThrow(() -> lost(contentHash));
  }

  /** Those of the records that are stored. */
  public Map<Digest, byte[]> read(Collection<Digest> contentHashes) {
    return contents.records(contentHashes);
  }

  static GermlineException lost(Digest contentHash) {
    return new GermlineException(
        Fault.INTERNAL, "the record " + contentHash + " is lost; run fsck");
  }

  /** Keeps what is too large for the ledger, before the batch that names it is committed. */
  void keep(Map<Digest, byte[]> large) {
    large.forEach(contents::keep);
  }
}
