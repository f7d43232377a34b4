package dev.germline.app.blobs;

import dev.germline.app.identity.Caller;
import dev.germline.app.sql.Database;
import dev.germline.blobstore.BlobStore;
import dev.germline.blobstore.StagedPart;
import dev.germline.blobstore.Staging;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.FileDigests;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Uploads through the server that go on where they stopped, in this process or another: one for a
 * blob and caller. Each part is in S3 and its arrival in MySQL before it is acknowledged.
 * Thread-safe; of two clients that send the same part one is told to continue after it.
 */
public final class StreamedUploads {
  private final Blobs blobs;
  private final Staging staging;
  private final UploadRepository uploads;
  private final RunningHashes hashes = new RunningHashes();
  private final BlobSettings settings;
  private final Clock clock;

  public StreamedUploads(
      Blobs blobs, BlobStore store, Database database, BlobSettings settings, Clock clock) {
    this.blobs = blobs;
    this.staging = store.staging();
    this.uploads = new UploadRepository(database);
    this.settings = settings;
    this.clock = clock;
  }

  /** Where the caller's upload of a blob continues: 0 when there is none. */
  long offset(Caller caller, Digest blake3) {
    return uploads.find(Upload.Kind.STREAMED, caller, blake3).map(Upload::received).orElse(0L);
  }

  /**
   * Takes all of a blob at once; if it breaks off, nothing is left.
   *
   * @param body exactly {@code size} bytes
   */
  Progress receiveWhole(Caller caller, Digest blake3, long size, InputStream body) {
    requireSize(size);
    return new Progress.Complete(blobs.put(caller, blake3, size, body));
  }

  /**
   * Takes some bytes of a blob.
   *
   * @param range from where the upload stands, up to a multiple of the part size or to the end
   * @param body exactly the range's bytes
   * @throws OffsetMismatch when the range does not begin where the upload stands
   * @throws GermlineException HASH_MISMATCH once all bytes are in (nothing is left then);
   *     INVALID_REQUEST for a range that ends inside of a part, or a body that breaks off: what
   *     came in whole parts is kept
   */
  Progress receive(Caller caller, Digest blake3, ContentRange range, InputStream body) {
    requireWholeParts(range);
    if (range.first() == 0 && range.end() == range.total() && range.total() <= partSize()) {
      return new Progress.Complete(blobs.put(caller, blake3, range.total(), body));
    }
    Upload upload = findOrBegin(caller, blake3, range);
    Optional<FileDigests> digests = hashes.take(upload);
    long at = range.first();
    while (at < range.end()) {
      int length = (int) Math.min(partSize(), range.end() - at);
      boolean last = at + length == upload.size();
      if (last && upload.decided()) {
        return finish(caller, upload, Optional.empty());
      }
      Optional<StagedPart> part = store(caller, upload, at, length, body, digests);
      if (part.isEmpty() || last) {
        boolean ours = part.isPresent() && uploads.acceptLast(upload.id(), at, part.get());
        return finish(caller, upload, ours ? digests : Optional.empty());
      }
      if (!uploads.accept(upload.id(), at, part.get())) {
        throw new OffsetMismatch(offset(caller, blake3));
      }
      at += length;
    }
    digests.ifPresent(sound -> hashes.keep(upload.id(), sound));
    return new Progress.Partial(at);
  }

  private void requireSize(long size) {
    if (size > settings.maxSize()) {
      throw new GermlineException(
          Fault.LIMIT_EXCEEDED,
          "a blob has at most %d bytes, and this one has %d".formatted(settings.maxSize(), size));
    }
  }

  private void requireWholeParts(ContentRange range) {
    requireSize(range.total());
    if (range.first() % partSize() != 0
        || (range.end() != range.total() && range.end() % partSize() != 0)) {
      throw new GermlineException(
          Fault.INVALID_REQUEST,
          "a range begins at a multiple of %d bytes and ends before one, or with the blob"
              .formatted(partSize()));
    }
  }

  private Upload findOrBegin(Caller caller, Digest blake3, ContentRange range) {
    Optional<Upload> existing = uploads.find(Upload.Kind.STREAMED, caller, blake3);
    if (existing.isPresent()
        && (existing.get().size() != range.total() || existing.get().partSize() != partSize())) {
      drop(existing.get()); // what it was begun with does not hold any more
      existing = Optional.empty();
    }
    long stands = existing.map(Upload::received).orElse(0L);
    if (stands != range.first()) {
      throw new OffsetMismatch(stands);
    }
    return existing.orElseGet(() -> begin(caller, blake3, range.total()));
  }

  private Upload begin(Caller caller, Digest blake3, long size) {
    Upload fresh =
        new Upload(
            UploadId.random(),
            Upload.Kind.STREAMED,
            blake3,
            caller.name(),
            size,
            partSize(),
            staging.begin(),
            0,
            false,
            clock.instant().plus(settings.uploadLifetime()));
    if (uploads.add(fresh)) {
      return fresh;
    }
    staging.discard(fresh.staged());
    return uploads
        .find(Upload.Kind.STREAMED, caller, blake3)
        .filter(other -> other.received() == 0)
        .orElseThrow(() -> new OffsetMismatch(offset(caller, blake3)));
  }

  /** The part in S3; empty when all parts have been joined before. */
  private Optional<StagedPart> store(
      Caller caller,
      Upload upload,
      long at,
      int length,
      InputStream body,
      Optional<FileDigests> digests) {
    OptionalInt number = uploads.nextPart(upload.id(), at);
    if (number.isEmpty()) {
      throw new OffsetMismatch(offset(caller, upload.blake3()));
    }
    try {
      return Optional.of(
          staging.put(upload.staged(), number.getAsInt(), body, length, digests.orElse(null)));
    } catch (IOException broken) {
      // The part that broke off was not hashed: the rest can go on with this hash.
      digests
          .filter(sound -> sound.seen() == at)
          .ifPresent(sound -> hashes.keep(upload.id(), sound));
      throw Blobs.brokenOff(broken);
    } catch (GermlineException failure) {
      if (failure.fault() != Fault.UPLOAD_NOT_FOUND) {
        throw failure;
      }
      if (staging.completed(upload.staged(), upload.size())) {
        return Optional.empty();
      }
      uploads.delete(upload.id());
      throw new OffsetMismatch(0);
    }
  }

  /** Every byte is decided; several requests may do this at once, with the same outcome. */
  private Progress finish(Caller caller, Upload upload, Optional<FileDigests> digests) {
    try {
      staging.complete(upload.staged(), uploads.parts(upload.id()));
      FileDigests.Result blob =
          staging.promote(
              upload.staged(),
              upload.size(),
              upload.blake3(),
              digests.filter(all -> all.seen() == upload.size()).map(FileDigests::finish));
      blobs.hold(caller, blob);
      drop(upload);
      return new Progress.Complete(blob);
    } catch (IOException broken) {
      throw Blobs.unreadable(upload.blake3(), broken);
    } catch (GermlineException failure) {
      return switch (failure.fault()) {
        case HASH_MISMATCH -> {
          drop(upload);
          throw failure;
        }
        case UPLOAD_NOT_FOUND -> ended(caller, upload);
        default -> throw failure;
      };
    }
  }

  /** Another request has brought the upload to its end in the meantime. */
  private Progress ended(Caller caller, Upload upload) {
    return blobs
        .held(caller, upload.blake3())
        .<Progress>map(Progress.Complete::new)
        .orElseThrow(() -> {
          uploads.delete(upload.id());
          return new OffsetMismatch(0);
        });
  }

  private void drop(Upload upload) {
    uploads.delete(upload.id());
    staging.discard(upload.staged());
  }

  private int partSize() {
    return settings.partSize();
  }
}
