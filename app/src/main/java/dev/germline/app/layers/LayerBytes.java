package dev.germline.app.layers;

import dev.germline.app.identity.Caller;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.ByteSource;
import dev.germline.core.weights.GitBlobId;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** What layers need of the store of bytes. Every method may throw STORE_UNAVAILABLE. */
public interface LayerBytes {
  /** An uploaded file, by its digests. */
  record Held(Digest blake3, long sizeBytes, Digest sha256, GitBlobId gitSha1) {}

  /**
   * The uploaded files with these digests, in the same order.
   *
   * @throws dev.germline.core.GermlineException BLOB_NOT_FOUND when one was never uploaded, or not
   *     by this caller and in no layer it may see
   */
  List<Held> requireHeld(Caller caller, List<Digest> blake3);

  /** The bytes of an uploaded file, from any place. */
  ByteSource source(Digest blake3);

  /** The bytes {@code [offset, offset + length)} as a stream; the reader closes it. */
  InputStream open(Digest blake3, long offset, long length);

  /** Keeps a record that is too large to lie beside the ledger. */
  void putRecord(Digest contentHash, byte[] record);

  /** A record kept by {@link #putRecord}. */
  Optional<byte[]> record(Digest contentHash);
}
