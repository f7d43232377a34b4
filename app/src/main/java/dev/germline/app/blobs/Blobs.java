package dev.germline.app.blobs;

import dev.germline.app.identity.Caller;
import dev.germline.app.sql.Database;
import dev.germline.blobstore.BlobStore;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.ByteSource;
import dev.germline.core.weights.FileDigests;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Blobs that are in their place, and who may use them. A caller holds a blob when it has sent all
 * of its bytes or may see a layer that has it: knowing a hash gives nothing. Thread-safe.
 */
public final class Blobs {
  private static final int NAMED_AT_MOST = 5;

  private final BlobStore store;
  private final BlobRepository repository;
  private final ReadableBlobs readable;
  private final Clock clock;

  public Blobs(BlobStore store, Database database, ReadableBlobs readable, Clock clock) {
    this.store = store;
    this.repository = new BlobRepository(database);
    this.readable = readable;
    this.clock = clock;
  }

  /**
   * Stores a blob that comes in one piece, or leaves nothing.
   *
   * @param body exactly {@code size} bytes
   * @throws GermlineException HASH_MISMATCH, FILE_INVALID, LIMIT_EXCEEDED, OVERLOADED;
   *     INVALID_REQUEST when the body breaks off
   */
  FileDigests.Result put(Caller caller, Digest blake3, long size, InputStream body) {
    FileDigests.Result stored;
    try {
      stored = store.put(body, size, Optional.of(blake3));
    } catch (IOException broken) {
      throw brokenOff(broken);
    }
    hold(caller, stored);
    return stored;
  }

  static GermlineException brokenOff(IOException broken) {
    return new GermlineException(
        Fault.INVALID_REQUEST, "the body broke off before its end; send it again", broken);
  }

  /** The caller has sent all of this blob, which is in its place. */
  void hold(Caller caller, FileDigests.Result blob) {
    repository.add(caller, blob, clock.instant());
  }

  /** A blob that the caller holds. */
  Optional<FileDigests.Result> held(Caller caller, Digest blake3) {
    return repository.held(caller, List.of(blake3)).stream()
        .findFirst()
        .or(() -> repository.find(blake3).filter(_ -> readable.readable(caller, blake3)));
  }

  /**
   * The blobs with these digests, in the same order.
   *
   * @throws GermlineException BLOB_NOT_FOUND naming those that the caller does not hold
   */
  public List<FileDigests.Result> requireHeld(Caller caller, List<Digest> blake3) {
    Map<Digest, FileDigests.Result> found = new HashMap<>();
    Set<Digest> wanted = new LinkedHashSet<>(blake3);
    repository.held(caller, wanted).forEach(blob -> found.put(blob.blake3(), blob));
    for (Digest digest : wanted) {
      if (!found.containsKey(digest)) {
        held(caller, digest).ifPresent(blob -> found.put(digest, blob));
      }
    }
    wanted.removeAll(found.keySet());
    if (!wanted.isEmpty()) {
      throw new GermlineException(Fault.BLOB_NOT_FOUND, notHeld(wanted));
    }
    return blake3.stream().map(found::get).toList();
  }

  private static String notHeld(Set<Digest> missing) {
    String names =
        missing.stream().limit(NAMED_AT_MOST).map(Digest::toHex).collect(Collectors.joining(", "));
    int more = missing.size() - NAMED_AT_MOST;
    return "upload these blobs first (PUT /api/v1/blobs/BLAKE3): "
        + names
        + (more > 0 ? " and " + more + " more" : "");
  }

  /**
   * The bytes {@code [offset, offset + length)} of a blob; the reader closes it. Whether the caller
   * may read it is for the asking feature to decide.
   *
   * @throws GermlineException BLOB_NOT_FOUND
   */
  public InputStream read(Digest blake3, long offset, long length) {
    return store.open(blake3, offset, length);
  }

  /**
   * Random access to a blob, for readers of file formats.
   *
   * @throws GermlineException BLOB_NOT_FOUND
   */
  public ByteSource source(Digest blake3) {
    return store.bytes(blake3);
  }

  static GermlineException unreadable(Digest blake3, IOException broken) {
    return new GermlineException(
        Fault.STORE_UNAVAILABLE, "blob " + blake3 + " cannot be read now; try again", broken);
  }
}
