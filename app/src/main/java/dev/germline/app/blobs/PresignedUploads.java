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
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Uploads straight to S3 with presigned URLs; the server reads the bytes back before it believes
 * them. Thread-safe.
 */
public final class PresignedUploads {
  private final Blobs blobs;
  private final Staging staging;
  private final UploadRepository uploads;
  private final BlobSettings settings;
  private final Clock clock;

  public PresignedUploads(
      Blobs blobs, BlobStore store, Database database, BlobSettings settings, Clock clock) {
    this.blobs = blobs;
    this.staging = store.staging();
    this.uploads = new UploadRepository(database);
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Begins an upload, or goes on with the one the caller has begun for this blob.
   *
   * @throws GermlineException FILE_INVALID for an empty blob, LIMIT_EXCEEDED
   */
  Upload begin(Caller caller, Digest blake3, long size) {
    if (size < 1) {
      throw new GermlineException(
          Fault.FILE_INVALID, "a blob has at least one byte, and this one has " + size);
    }
    if (size > settings.maxSize()) {
      throw new GermlineException(
          Fault.LIMIT_EXCEEDED,
          "a blob has at most %d bytes, and this one has %d".formatted(settings.maxSize(), size));
    }
    Optional<Upload> begun = uploads.find(Upload.Kind.PRESIGNED, caller, blake3);
    if (begun.isPresent()) {
      if (begun.get().size() == size && begun.get().expiresAt().isAfter(clock.instant())) {
        return begun.get();
      }
      drop(begun.get());
    }
    Upload fresh =
        new Upload(
            UploadId.random(),
            Upload.Kind.PRESIGNED,
            blake3,
            caller.name(),
            size,
            settings.partSize(),
            staging.begin(),
            0,
            false,
            clock.instant().plus(settings.uploadLifetime()));
    if (uploads.add(fresh)) {
      return fresh;
    }
    staging.discard(fresh.staged());
    return uploads
        .find(Upload.Kind.PRESIGNED, caller, blake3)
        .orElseThrow(
            () -> new GermlineException(Fault.UPLOAD_NOT_FOUND, "the upload ended; begin again"));
  }

  /** Where to PUT a part; until {@link #urlsExpire}. */
  URI url(Upload upload, int number) {
    return staging.presign(upload.staged(), number, settings.urlLifetime());
  }

  Instant urlsExpire(Upload upload) {
    Instant signed = clock.instant().plus(settings.urlLifetime());
    return signed.isBefore(upload.expiresAt()) ? signed : upload.expiresAt();
  }

  /**
   * The caller's upload.
   *
   * @throws GermlineException UPLOAD_NOT_FOUND, also when it is another's
   */
  Upload require(Caller caller, UploadId id) {
    return uploads
        .find(id)
        .filter(upload -> upload.kind() == Upload.Kind.PRESIGNED)
        .filter(upload -> upload.principal().equals(caller.name()))
        .orElseThrow(
            () -> new GermlineException(Fault.UPLOAD_NOT_FOUND, "there is no upload " + id.hex()));
  }

  /** The parts that S3 has. */
  List<StagedPart> present(Upload upload) {
    return staging.completed(upload.staged(), upload.size())
        ? List.of()
        : staging.parts(upload.staged());
  }

  /**
   * Joins the parts, reads them back and puts the blob in its place.
   *
   * @throws GermlineException FILE_INVALID when parts are missing or have another length;
   *     HASH_MISMATCH (nothing is left then)
   */
  FileDigests.Result complete(Caller caller, UploadId id) {
    Upload upload = require(caller, id);
    try {
      if (!staging.completed(upload.staged(), upload.size())) {
        List<StagedPart> parts = staging.parts(upload.staged());
        requireAll(upload, parts);
        staging.complete(upload.staged(), parts);
      }
      FileDigests.Result blob =
          staging.promote(upload.staged(), upload.size(), upload.blake3(), Optional.empty());
      blobs.hold(caller, blob);
      drop(upload);
      return blob;
    } catch (IOException broken) {
      throw Blobs.unreadable(upload.blake3(), broken);
    } catch (GermlineException failure) {
      return switch (failure.fault()) {
        case HASH_MISMATCH -> {
          drop(upload);
          throw failure;
        }
        // Another request may have completed it in the meantime.
        case UPLOAD_NOT_FOUND -> blobs.held(caller, upload.blake3()).orElseThrow(() -> failure);
        default -> throw failure;
      };
    }
  }

  private static void requireAll(Upload upload, List<StagedPart> parts) {
    for (int number = 1; number <= upload.partCount(); number++) {
      int wanted = number;
      long length =
          parts.stream()
              .filter(part -> part.number() == wanted)
              .mapToLong(StagedPart::size)
              .findFirst()
              .orElse(0);
      if (length != upload.partLength(number)) {
        throw new GermlineException(
            Fault.FILE_INVALID,
            "part %d has %d bytes, and not %d; PUT it to its URL"
                .formatted(number, length, upload.partLength(number)));
      }
    }
  }

  /** Gives an upload up. */
  void cancel(Caller caller, UploadId id) {
    drop(require(caller, id));
  }

  private void drop(Upload upload) {
    uploads.delete(upload.id());
    staging.discard(upload.staged());
  }
}
