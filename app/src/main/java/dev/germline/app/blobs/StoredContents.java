package dev.germline.app.blobs;

import dev.germline.blobstore.BlobStore;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.ByteSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * Contents of ours (records) that are too large to lie beside the ledger. They are blobs that
 * nobody holds, so they are read through the layer they belong to only. Thread-safe.
 */
public final class StoredContents {
  private final BlobStore store;

  public StoredContents(BlobStore store) {
    this.store = store;
  }

  /** Keeps a content under its BLAKE3. */
  public void keep(Digest blake3, byte[] content) {
    try {
      store.put(new ByteArrayInputStream(content), content.length, Optional.of(blake3));
    } catch (IOException impossible) {
      throw new IllegalStateException("bytes at hand can be read", impossible);
    }
  }

  /**
   * A content, whole in memory.
   *
   * @throws GermlineException STORE_UNAVAILABLE
   */
  public Optional<byte[]> find(Digest blake3) {
    try {
      ByteSource source = store.bytes(blake3);
      return Optional.of(source.read(0, Math.toIntExact(source.size())));
    } catch (GermlineException absent) {
      if (absent.fault() == Fault.BLOB_NOT_FOUND) {
        return Optional.empty();
      }
      throw absent;
    } catch (IOException broken) {
      throw Blobs.unreadable(blake3, broken);
    }
  }
}
