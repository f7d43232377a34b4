package dev.germline.app.blobs;

import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.FileDigests;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Head;
import io.micronaut.http.annotation.Put;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Bytes by their BLAKE3, before a layer names them. */
@Controller("/api/v1/blobs/{blake3}")
@Secured(Role.ANY)
@Tag(name = "blobs")
final class BlobController {
  static final String UPLOAD_OFFSET = "Upload-Offset";

  private final Blobs blobs;
  private final StreamedUploads uploads;

  BlobController(Blobs blobs, StreamedUploads uploads) {
    this.blobs = blobs;
    this.uploads = uploads;
  }

  /** 200 when the caller holds the blob; else 404, saying where its upload continues. */
  @Head
  HttpResponse<?> head(Caller caller, String blake3) {
    Digest digest = Digest.parse(blake3);
    Optional<FileDigests.Result> held = blobs.held(caller, digest);
    return held.isPresent()
        ? HttpResponse.ok().header(HttpHeaders.ETAG, "\"" + digest + "\"")
        : HttpResponse.notFound()
            .header(UPLOAD_OFFSET, Long.toString(uploads.offset(caller, digest)));
  }

  /**
   * Stores a blob: all of it in one request, or with Content-Range in several. 201 when it is in
   * its place, 202 with Upload-Offset while more is wanted.
   */
  @Put(consumes = MediaType.ALL)
  HttpResponse<BlobView> put(
      HttpRequest<?> request, Caller caller, String blake3, @Body @Nullable InputStream body)
      throws IOException {
    // Closing tells the server that what is unread is not wanted. Left open after a refusal, it
    // would hold back the client, which would go on waiting to send the rest.
    try (InputStream bytes = body == null ? InputStream.nullInputStream() : body) {
      return answer(receive(request, caller, Digest.parse(blake3), bytes));
    }
  }

  private Progress receive(
      HttpRequest<?> request, Caller caller, Digest blake3, InputStream bytes) {
    Optional<ContentRange> range =
        Optional.ofNullable(request.getHeaders().get(HttpHeaders.CONTENT_RANGE))
            .map(ContentRange::parse);
    long length = length(request, range);
    return range.isPresent()
        ? uploads.receive(caller, blake3, range.get(), bytes)
        : uploads.receiveWhole(caller, blake3, length, bytes);
  }

  private static HttpResponse<BlobView> answer(Progress progress) {
    return switch (progress) {
      case Progress.Complete(FileDigests.Result blob) -> HttpResponse.created(BlobView.of(blob));
      case Progress.Partial(long offset) ->
          HttpResponse.<BlobView>accepted().header(UPLOAD_OFFSET, Long.toString(offset));
    };
  }

  private static long length(HttpRequest<?> request, Optional<ContentRange> range) {
    long length = request.getHeaders().contentLength().orElse(-1);
    if (length < 0) {
      throw new GermlineException(
          Fault.INVALID_REQUEST, "send Content-Length: the size must be known before the bytes");
    }
    if (range.isPresent() && range.get().length() != length) {
      throw new GermlineException(
          Fault.INVALID_REQUEST,
          "Content-Range is of %d bytes and Content-Length is %d"
              .formatted(range.get().length(), length));
    }
    return length;
  }
}
