package dev.germline.app.ledger;

import dev.germline.app.sql.Database;
import dev.germline.blobstore.BlobStore;
import dev.germline.blobstore.Verdict;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.substrate.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What documents stand for: small contents beside the ledger, others as blobs. Thread-safe. */
public final class Contents {
  /** The longest record ever read into memory, in bytes: what {@code LayerJson} takes. */
  private static final int MAX_RECORD_BYTES = BlobStore.LARGEST;

  private final Database database;
  private final BlobStore blobs;

  public Contents(Database database, BlobStore blobs) {
    this.database = database;
    this.blobs = blobs;
  }

  /** One record, wherever it lies; empty if it is nowhere or too long to be a record. */
  public Optional<byte[]> record(Digest digest) {
    return Optional.ofNullable(records(List.of(digest)).get(digest));
  }

  /** Keeps a record that is too long to lie beside the ledger, before a commit names it. */
  public void keep(Digest digest, byte[] record) {
    try {
      blobs.put(new ByteArrayInputStream(record), record.length, Optional.of(digest));
    } catch (IOException impossible) {
      throw new IllegalStateException("bytes at hand can be read", impossible);
    }
  }

  /** Those of the records that are stored. */
  public Map<Digest, byte[]> records(Collection<Digest> digests) {
    Map<Digest, byte[]> found = new HashMap<>(besideLedger(digests));
    for (Digest digest : digests) {
      if (!found.containsKey(digest)) {
        blob(digest).ifPresent(record -> found.put(digest, record));
      }
    }
    return found;
  }

  /** Those of the contents that lie beside the ledger. */
  Map<Digest, byte[]> besideLedger(Collection<Digest> digests) {
    return database.read(
        connection -> SubstrateTables.contents(connection, new ArrayList<>(digests)));
  }

  /**
   * Reads a long record to its end: empty if there is none; else what is wrong with it, if anything
   * is.
   */
  Optional<Optional<String>> blobProblem(Digest digest) {
    try {
      return switch (blobs.verify(digest)) {
        case Verdict.Intact _ -> Optional.of(Optional.empty());
        case Verdict.Missing _ -> Optional.empty();
        case Verdict.Damaged damaged ->
            Optional.of(
                Optional.of("its blob is damaged: it hashes to " + damaged.found().blake3()));
      };
    } catch (IOException unreadable) {
      return Optional.of(
          Optional.of("its blob cannot be read to the end: " + unreadable.getMessage()));
    }
  }

  private Optional<byte[]> blob(Digest digest) {
    OptionalLong size = blobs.size(digest);
    if (size.isEmpty() || size.getAsLong() > MAX_RECORD_BYTES) {
      return Optional.empty();
    }
    try (InputStream body = blobs.open(digest, 0, size.getAsLong())) {
      return Optional.of(body.readAllBytes());
    } catch (IOException failure) {
      throw new GermlineException(
          Fault.STORE_UNAVAILABLE, "the record " + digest + " cannot be read now", failure);
    }
  }
}
