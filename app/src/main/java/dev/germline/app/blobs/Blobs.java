package dev.germline.app.blobs;

import dev.germline.app.identity.Caller;
import dev.germline.app.sql.Database;
import dev.germline.blobstore.weights.Bases;
import dev.germline.blobstore.weights.DamagedBytes;
import dev.germline.blobstore.weights.Stored;
import dev.germline.blobstore.weights.Transfer;
import dev.germline.blobstore.weights.WeightStore;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.ByteSource;
import dev.germline.core.weights.ContentDigest;
import dev.germline.core.weights.FileDigests;
import dev.germline.core.weights.Tenant;
import dev.germline.core.weights.TensorSpan;
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
 * Blobs that are stored whole, and who may use them. A caller holds a blob when it has sent all of
 * its bytes or may see a layer that has it: knowing a hash gives nothing. Thread-safe.
 */
public final class Blobs {
  private static final int NAMED_AT_MOST = 5;

  private final WeightStore store;
  private final BlobRepository repository;
  private final LayerFiles layers;
  private final Clock clock;

  public Blobs(WeightStore store, Database database, LayerFiles layers, Clock clock) {
    this.store = store;
    this.repository = new BlobRepository(database);
    this.layers = layers;
    this.clock = clock;
  }

  /**
   * A blob that was received.
   *
   * @param fresh false when the tenant had it before
   */
  record Received(Blob blob, boolean fresh) {}

  /**
   * Stores a blob. If the body breaks off, what came stays as the transfer was told.
   *
   * @param body exactly {@code size} bytes
   * @throws IOException when the body breaks off
   * @throws GermlineException HASH_MISMATCH, FILE_INVALID, OVERLOADED, STORE_UNAVAILABLE; of the
   *     hints LAYER_NOT_FOUND
   */
  Received store(
      Caller caller,
      ContentDigest expected,
      long size,
      Hints hints,
      InputStream body,
      Transfer transfer)
      throws IOException {
    WeightStore.Incoming file =
        new WeightStore.Incoming(
            caller.tenant(), hints.path(), size, expected, bases(caller, expected, hints));
    Stored stored = store.put(file, body, transfer);
    boolean fresh = repository.add(caller, stored, clock.instant());
    return new Received(require(caller.tenant(), stored.digests().blake3()), fresh);
  }

  private Bases bases(Caller caller, ContentDigest expected, Hints hints) {
    return hints
        .parent()
        .flatMap(parent -> layers.counterpart(caller, parent, hints.path()))
        .flatMap(parent -> repository.find(caller.tenant(), parent))
        .filter(parent -> !expected.of(parent.digests()).equals(expected))
        .map(parent -> store.bases(parent.recipe(), repository.tensors(parent)))
        .orElseGet(store::noBases);
  }

  /** A blob that the caller holds. */
  Optional<Blob> held(Caller caller, ContentDigest digest) {
    return switch (digest.algorithm()) {
      case BLAKE3 -> held(caller, digest.value());
      case SHA256 -> repository.blake3(digest.value()).flatMap(blake3 -> held(caller, blake3));
    };
  }

  private Optional<Blob> held(Caller caller, Digest blake3) {
    return repository.held(caller, List.of(blake3)).stream()
        .findFirst()
        .or(() ->
            layers.readable(caller, blake3).flatMap(tenant -> repository.find(tenant, blake3)));
  }

  /**
   * The blobs with these digests, in the same order.
   *
   * @throws GermlineException BLOB_NOT_FOUND naming those that the caller does not hold
   */
  public List<Blob> requireHeld(Caller caller, List<Digest> blake3) {
    Map<Digest, Blob> found = new HashMap<>();
    Set<Digest> wanted = new LinkedHashSet<>(blake3);
    repository.held(caller, wanted).forEach(blob -> found.put(blob.digests().blake3(), blob));
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
   * A blob of a tenant. Whether a caller may read it is for the asking feature to decide.
   *
   * @throws GermlineException BLOB_NOT_FOUND
   */
  public Blob require(Tenant tenant, Digest blake3) {
    return repository.find(tenant, blake3).orElseThrow(() -> missing(blake3));
  }

  /** The blobs of this content, one for each tenant that has it. */
  public List<Blob> everywhere(Digest blake3) {
    return repository.everywhere(blake3);
  }

  /**
   * The bytes {@code [offset, offset + length)} of a blob; the reader closes it.
   *
   * @throws GermlineException WEIGHTS_DAMAGED naming the tensor, STORE_UNAVAILABLE, OVERLOADED
   */
  public InputStream read(Blob blob, long offset, long length) {
    try {
      return store.open(blob.recipe(), offset, length);
    } catch (DamagedBytes damaged) {
      throw damaged(blob, damaged);
    } catch (IOException broken) {
      throw unreadable(blob, broken);
    }
  }

  /**
   * Brings what a blob is read from into the local cache.
   *
   * @return bytes that it takes there; 0 when there is no cache
   * @throws GermlineException STORE_UNAVAILABLE, OVERLOADED
   */
  public long preload(Blob blob) {
    return store.preload(blob.recipe(), blob.digests().size());
  }

  /** Random access to a blob, for readers of file formats; for one thread. */
  public ByteSource source(Blob blob) {
    return store.bytes(blob.recipe(), blob.digests().size());
  }

  /** The tensors of a blob; empty for a file without any. */
  public List<TensorSpan> tensors(Blob blob) {
    return repository.tensors(blob);
  }

  /** What a reader of a blob came upon, in terms of the blob. */
  public GermlineException damaged(Blob blob, DamagedBytes damaged) {
    String tensor =
        repository.tensors(blob).stream()
            .filter(span -> span.begin() < damaged.end() && damaged.begin() < span.end())
            .findFirst()
            .map(span -> " (tensor " + span.name() + ")")
            .orElse("");
    return new GermlineException(
        Fault.WEIGHTS_DAMAGED,
        "blob %s%s: %s; push the file again to heal it"
            .formatted(blob.digests().blake3(), tensor, damaged.getMessage()),
        damaged);
  }

  /** Reads a blob to its end in every tenant; what is wrong with it, empty if nothing is. */
  public Optional<String> problem(Digest blake3) {
    List<Blob> blobs = repository.everywhere(blake3);
    return blobs.isEmpty()
        ? Optional.of("its blob is missing")
        : blobs.stream().flatMap(blob -> problem(blob).stream()).findFirst();
  }

  private Optional<String> problem(Blob blob) {
    FileDigests digests = new FileDigests(blob.digests().size());
    byte[] piece = new byte[1 << 18];
    try (InputStream bytes = read(blob, 0, blob.digests().size())) {
      for (int n = bytes.read(piece); n >= 0; n = bytes.read(piece)) {
        digests.update(piece, 0, n);
      }
      FileDigests.Result found = digests.finish();
      return found.equals(blob.digests())
          ? Optional.empty()
          : Optional.of("its blob is damaged: it hashes to " + found.blake3());
    } catch (IOException | GermlineException | DamagedBytes unreadable) {
      return Optional.of("its blob cannot be read to the end: " + unreadable.getMessage());
    }
  }

  private static GermlineException missing(Digest blake3) {
    return new GermlineException(
        Fault.BLOB_NOT_FOUND, "there is no blob " + blake3 + " in the store");
  }

  private static GermlineException unreadable(Blob blob, IOException broken) {
    return new GermlineException(
        Fault.STORE_UNAVAILABLE,
        "blob " + blob.digests().blake3() + " cannot be read now; try again",
        broken);
  }
}
