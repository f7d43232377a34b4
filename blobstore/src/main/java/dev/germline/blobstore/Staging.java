package dev.germline.blobstore;

import dev.germline.blobstore.s3.BlobStream;
import dev.germline.blobstore.s3.Objects;
import dev.germline.blobstore.s3.S3;
import dev.germline.blobstore.s3.S3Refused;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.Http;
import io.minio.errors.MinioException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Uploads that take several requests, of this process or of clients with presigned URLs: multipart
 * uploads under {@code staging/}, from where the bytes move to their place once they are known to
 * be the right ones. Keeps no state of its own: a {@link Staged} stored elsewhere continues in any
 * process. Thread-safe.
 */
public final class Staging {
  private final BlobStoreSettings settings;
  private final S3 s3;
  private final Objects objects;
  private final MultipartUploads uploads;

  /**
   * An upload that has begun.
   *
   * @param key where S3 collects it
   * @param uploadId S3's name for it
   */
  public record Staged(String key, String uploadId) {}

  Staging(BlobStoreSettings settings, S3 s3, Objects objects, MultipartUploads uploads) {
    this.settings = settings;
    this.s3 = s3;
    this.objects = objects;
    this.uploads = uploads;
  }

  static String freshKey() {
    return BlobKey.STAGING + UUID.randomUUID();
  }

  /** Begins an upload. */
  public Staged begin() {
    String key = freshKey();
    return new Staged(key, uploads.begin(key));
  }

  /**
   * A URL to which anyone may PUT the part, signed for the public endpoint.
   *
   * @param valid up to 7 days
   */
  public URI presign(Staged staged, int number, Duration valid) {
    try {
      return URI.create(
          s3.presigner()
              .getPresignedObjectUrl(
                  GetPresignedObjectUrlArgs.builder()
                      .method(Http.Method.PUT)
                      .bucket(settings.bucket())
                      .object(staged.key())
                      .expiry((int) valid.toSeconds(), TimeUnit.SECONDS)
                      .extraQueryParams(
                          Map.of(
                              "uploadId",
                              staged.uploadId(),
                              "partNumber",
                              Integer.toString(number)))
                      .build()));
    } catch (MinioException failure) {
      throw S3.unavailable("sign a URL", failure.getClass().getSimpleName(), failure);
    }
  }

  /**
   * The parts that S3 holds, by number.
   *
   * @throws GermlineException UPLOAD_NOT_FOUND when the upload has ended
   */
  public List<StagedPart> parts(Staged staged) {
    try {
      return uploads.parts(staged.key(), staged.uploadId());
    } catch (S3Refused ended) {
      throw ended(ended);
    }
  }

  /**
   * Joins the parts to one object in staging; nothing happens when that is done already.
   *
   * @throws GermlineException UPLOAD_NOT_FOUND when the upload has ended otherwise, or S3 holds
   *     other parts
   */
  public void complete(Staged staged, List<StagedPart> parts) {
    try {
      complete(staged.key(), staged.uploadId(), parts);
    } catch (S3Refused ended) {
      throw ended(ended);
    }
  }

  /** A repeated request may find the upload completed by the first, whose answer was lost. */
  void complete(String key, String uploadId, List<StagedPart> parts) {
    try {
      uploads.complete(key, uploadId, parts);
    } catch (S3Refused ended) {
      long size = parts.stream().mapToLong(StagedPart::size).sum();
      if (objects.size(key).orElse(-1) != size) {
        throw ended;
      }
    }
  }

  /** Whether the parts have been joined, to this size in bytes. */
  public boolean completed(Staged staged, long size) {
    return objects.size(staged.key()).orElse(-1) == size;
  }

  /**
   * The bytes of a completed upload; broken connections are taken up again. The reader closes it.
   *
   * @param size in bytes
   * @throws GermlineException UPLOAD_NOT_FOUND
   */
  public InputStream open(Staged staged, long size) {
    try {
      return new BlobStream(
          (offset, end) -> objects.get(staged.key(), offset, end - offset), 0, size);
    } catch (S3Refused ended) {
      throw ended(ended);
    }
  }

  /** Drops an upload, whatever has become of it; nothing happens when nothing is left. */
  public void discard(Staged staged) {
    uploads.abort(staged.key(), staged.uploadId());
    objects.delete(staged.key());
  }

  /**
   * Drops what uploads left behind that began before an instant: parts, and objects in staging.
   *
   * @param limit how many to drop of each at most
   * @return how many were dropped
   */
  public int sweep(Instant before, int limit) {
    int dropped = uploads.abortBegunBefore(before, "", limit);
    List<String> old;
    try (Stream<String> keys =
        objects
            .list(BlobKey.STAGING)
            .filter(item -> item.lastModified().toInstant().isBefore(before))
            .map(item -> item.objectName())
            .limit(limit)) {
      old = keys.toList();
    }
    old.forEach(objects::delete);
    return dropped + old.size();
  }

  private static RuntimeException ended(S3Refused refused) {
    return refused.noSuchUpload() || refused.noSuchObject()
        ? new GermlineException(
            Fault.UPLOAD_NOT_FOUND, "the upload has ended; begin it again", refused)
        : refused;
  }
}
