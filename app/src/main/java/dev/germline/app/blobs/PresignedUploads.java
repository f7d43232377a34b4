package dev.germline.app.blobs;

import dev.germline.app.identity.Caller;
import dev.germline.app.sql.Database;
import dev.germline.blobstore.BlobStore;
import dev.germline.blobstore.StagedPart;
import dev.germline.blobstore.Staging;
import dev.germline.blobstore.weights.Transfer;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.substrate.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Uploads straight to S3 with presigned URLs; the server reads the bytes back and stores them like
 * any others. Thread-safe.
 */
public final class PresignedUploads {
  private final Blobs blobs;
  private final Staging staging;
  private final PresignedUploadRows rows;
  private final BlobSettings settings;
  private final UploadProgress progress;
  private final Clock clock;

  public PresignedUploads(
      Blobs blobs,
      BlobStore store,
      Database database,
      BlobSettings settings,
      UploadProgress progress,
      Clock clock) {
    this.blobs = blobs;
    this.staging = store.staging();
    this.rows = new PresignedUploadRows(database);
    this.settings = settings;
    this.progress = progress;
    this.clock = clock;
  }

  /**
   * Begins an upload, or goes on with the one the caller has begun for this blob.
   *
   * @throws GermlineException FILE_INVALID for an empty blob, LIMIT_EXCEEDED
   */
  PresignedUpload begin(Caller caller, Digest blake3, long size, Hints hints) {
    settings.requireSize(size);
    Optional<PresignedUpload> begun = rows.find(caller, blake3);
    if (begun.isPresent()) {
      if (begun.get().size() == size && begun.get().expiresAt().isAfter(clock.instant())) {
        return begun.get();
      }
      drop(begun.get());
    }
    PresignedUpload fresh =
        new PresignedUpload(
            UploadId.random(),
            blake3,
            caller.name(),
            size,
            settings.partSize(),
            hints,
            staging.begin(),
            clock.instant().plus(settings.uploadLifetime()));
    if (rows.add(caller.tenant(), fresh)) {
      return fresh;
    }
    staging.discard(fresh.staged());
    return rows.find(caller, blake3)
        .orElseThrow(
            () -> new GermlineException(Fault.UPLOAD_NOT_FOUND, "the upload ended; begin again"));
  }

  /** Where to PUT a part; until {@link #urlsExpire}. */
  URI url(PresignedUpload upload, int number) {
    return staging.presign(upload.staged(), number, settings.urlLifetime());
  }

  Instant urlsExpire(PresignedUpload upload) {
    Instant signed = clock.instant().plus(settings.urlLifetime());
    return signed.isBefore(upload.expiresAt()) ? signed : upload.expiresAt();
  }

  /**
   * The caller's upload.
   *
   * @throws GermlineException UPLOAD_NOT_FOUND, also when it is another's
   */
  PresignedUpload require(Caller caller, UploadId id) {
    return rows.find(id)
        .filter(upload -> upload.principal().equals(caller.name()))
        .orElseThrow(
            () -> new GermlineException(Fault.UPLOAD_NOT_FOUND, "there is no upload " + id.hex()));
  }

  /** The parts that S3 has. */
  List<StagedPart> present(PresignedUpload upload) {
    return staging.completed(upload.staged(), upload.size())
        ? List.of()
        : staging.parts(upload.staged());
  }

  /**
   * Joins the parts, reads them back and stores the blob.
   *
   * @throws GermlineException FILE_INVALID when parts are missing or have another length;
   *     HASH_MISMATCH (nothing is left then)
   */
  Blob complete(Caller caller, UploadId id) {
    PresignedUpload upload = require(caller, id);
    try {
      if (!staging.completed(upload.staged(), upload.size())) {
        List<StagedPart> parts = staging.parts(upload.staged());
        requireAll(upload, parts);
        staging.complete(upload.staged(), parts);
      }
      Blob blob = store(caller, upload);
      drop(upload);
      return blob;
    } catch (GermlineException failure) {
      return switch (failure.fault()) {
        case HASH_MISMATCH -> {
          drop(upload);
          throw failure;
        }
        // Another request may have completed it in the meantime.
        case UPLOAD_NOT_FOUND -> blobs.held(caller, upload.digest()).orElseThrow(() -> failure);
        default -> throw failure;
      };
    }
  }

  private Blob store(Caller caller, PresignedUpload upload) {
    try (UploadProgress.Upload told = progress.begin(caller, upload.digest(), upload.size())) {
      return told.of(() -> store(caller, upload, told));
    }
  }

  private Blob store(Caller caller, PresignedUpload upload, Transfer told) {
    try (InputStream body = staging.open(upload.staged(), upload.size())) {
      return blobs.store(caller, upload.digest(), upload.size(), upload.hints(), body, told).blob();
    } catch (IOException broken) {
      throw new GermlineException(
          Fault.STORE_UNAVAILABLE,
          "what was uploaded cannot be read now; complete it again",
          broken);
    }
  }

  private static void requireAll(PresignedUpload upload, List<StagedPart> parts) {
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

  /** Gives up what was not finished in time; gives how many. */
  int expire(int most) {
    List<PresignedUpload> expired = rows.expired(clock.instant(), most);
    expired.forEach(this::drop);
    return expired.size();
  }

  private void drop(PresignedUpload upload) {
    rows.delete(upload.id());
    staging.discard(upload.staged());
  }
}
