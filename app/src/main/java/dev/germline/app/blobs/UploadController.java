package dev.germline.app.blobs;

import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.blobstore.StagedPart;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.substrate.Digest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Uploads straight to the S3 store, past this server. */
@Controller("/api/v1/uploads")
@Secured(Role.ANY)
@Tag(name = "blobs")
final class UploadController {
  private final PresignedUploads uploads;

  UploadController(PresignedUploads uploads) {
    this.uploads = uploads;
  }

  /**
   * @param blake3 what the bytes hash to, 64 hex digits
   * @param sizeBytes how many there are
   * @param path the file's path in the layer to be; may be absent, as may parent
   * @param parent the layer that layer evolved from, {@code namespace/name@version}
   */
  record Asked(
      @Nullable String blake3,
      @Nullable Long sizeBytes,
      @Nullable String path,
      @Nullable String parent) {}

  /**
   * @param id names the upload
   * @param partSize of every part but the last, in bytes
   * @param parts where to PUT them, in any order, as plain bodies without a token
   * @param expiresAt until when the URLs hold, ISO 8601; asking again signs new ones
   */
  record Begun(String id, int partSize, List<PartToPut> parts, String expiresAt) {}

  /** One part to PUT. */
  record PartToPut(int number, long offset, long length, String url) {}

  /**
   * @param parts that the store has, by number
   */
  record State(
      String id,
      String blake3,
      long sizeBytes,
      int partSize,
      List<PartPresent> parts,
      String expiresAt) {}

  /** One part that the store has. */
  record PartPresent(int number, long sizeBytes) {
    static PartPresent of(StagedPart part) {
      return new PartPresent(part.number(), part.size());
    }
  }

  /** Begins an upload, or signs new URLs for the one the caller has begun for this blob. */
  @Post
  @Status(HttpStatus.CREATED)
  Begun begin(Caller caller, @Body Asked asked) {
    if (asked.blake3() == null || asked.sizeBytes() == null) {
      throw new GermlineException(
          Fault.INVALID_REQUEST, "an upload needs blake3 and sizeBytes of the blob");
    }
    PresignedUpload upload =
        uploads.begin(
            caller,
            Digest.parse(asked.blake3()),
            asked.sizeBytes(),
            Hints.of(asked.path(), asked.parent()));
    List<PartToPut> parts =
        IntStream.rangeClosed(1, upload.partCount())
            .mapToObj(number ->
                new PartToPut(
                    number,
                    (number - 1L) * upload.partSize(),
                    upload.partLength(number),
                    uploads.url(upload, number).toString()))
            .toList();
    return new Begun(
        upload.id().hex(), upload.partSize(), parts, uploads.urlsExpire(upload).toString());
  }

  /** Which parts are there. */
  @Get("/{id}")
  State get(Caller caller, String id) {
    PresignedUpload upload = uploads.require(caller, new UploadId(id));
    return new State(
        id,
        upload.blake3().toHex(),
        upload.size(),
        upload.partSize(),
        uploads.present(upload).stream().map(PartPresent::of).toList(),
        upload.expiresAt().toString());
  }

  /** Checks the bytes and puts the blob in its place. */
  @Post("/{id}/complete")
  @Status(HttpStatus.CREATED)
  BlobView complete(Caller caller, String id) {
    return BlobView.of(uploads.complete(caller, new UploadId(id)).digests());
  }

  /** Gives the upload up. */
  @Delete("/{id}")
  @Status(HttpStatus.NO_CONTENT)
  void cancel(Caller caller, String id) {
    uploads.cancel(caller, new UploadId(id));
  }
}
