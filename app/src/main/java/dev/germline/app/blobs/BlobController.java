package dev.germline.app.blobs;

import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.weights.ContentDigest;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Head;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bytes by their hash, before a layer names them: by their BLAKE3 as 64 hex digits, or by {@code
 * sha256:} and 64 hex digits, which every machine can compute.
 */
@Controller("/api/v1/blobs/{digest}")
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

  /**
   * 200 when the caller holds the blob, its BLAKE3 being the ETag; else 404, saying where its
   * upload continues.
   */
  @Head
  HttpResponse<?> head(Caller caller, String digest) {
    ContentDigest named = ContentDigest.parse(digest);
    return blobs
        .held(caller, named)
        .<HttpResponse<?>>map(blob ->
            HttpResponse.ok().header(HttpHeaders.ETAG, "\"" + blob.digests().blake3() + "\""))
        .orElseGet(() ->
            HttpResponse.notFound()
                .header(UPLOAD_OFFSET, Long.toString(uploads.offset(caller, named))));
  }

  /**
   * Stores a blob: all of it, or with Content-Range all from where its upload broke off. 201 when
   * it is new, 200 when it was there. Only how small it is stored depends on path and parent.
   *
   * @param path the file's path in the layer to be
   * @param parent the layer that layer evolved from, {@code namespace/name@version}
   */
  @Put(consumes = MediaType.ALL)
  HttpResponse<BlobView> put(
      HttpRequest<?> request,
      Caller caller,
      String digest,
      @QueryValue @Nullable String path,
      @QueryValue @Nullable String parent,
      @Body @Nullable InputStream body)
      throws IOException {
    // Closing tells the server that what is unread is not wanted. Left open after a refusal, it
    // would hold back the client, which would go on waiting to send the rest.
    try (InputStream bytes = body == null ? InputStream.nullInputStream() : body) {
      Blobs.Received received =
          uploads.receive(
              caller, ContentDigest.parse(digest), range(request), Hints.of(path, parent), bytes);
      BlobView view = BlobView.of(received.blob().digests());
      return received.fresh() ? HttpResponse.created(view) : HttpResponse.ok(view);
    }
  }

  private static ContentRange range(HttpRequest<?> request) {
    Optional<ContentRange> range =
        Optional.ofNullable(request.getHeaders().get(HttpHeaders.CONTENT_RANGE))
            .map(ContentRange::parse);
    long length = length(request, range);
    return range.orElseGet(() -> new ContentRange(0, length, length));
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
