package dev.germline.app.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Bytes that never change, as they are sent: whole, the one range that is asked for, or not at all
 * to a client that has them. They may be private, so no shared cache may keep what it saw.
 *
 * @param tag of the bytes, without quotes: the same for these bytes only
 * @param size in bytes
 * @param fileName under which a browser would save them
 */
public record FixedBytes(String tag, long size, MediaType type, String fileName) {
  /** Where the bytes come from. */
  @FunctionalInterface
  public interface Source {
    /** The bytes {@code [offset, offset + length)}; the reader closes it. */
    InputStream open(long offset, long length);
  }

  /** The answer to a GET; the source is opened only if bytes are to be sent. */
  public MutableHttpResponse<Download> get(HttpRequest<?> request, Source source) {
    if (unchanged(request)) {
      return described(HttpResponse.status(HttpStatus.NOT_MODIFIED));
    }
    return switch (asked(request)) {
      case ByteRange.Outside _ ->
          described(
              HttpResponse.<Download>status(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
                  .header(HttpHeaders.CONTENT_RANGE, "bytes */" + size));
      case ByteRange.Whole _ -> described(body(source, new ByteRange(0, size), HttpStatus.OK));
      case ByteRange.Part(ByteRange range) ->
          described(body(source, range, HttpStatus.PARTIAL_CONTENT))
              .header(HttpHeaders.CONTENT_RANGE, range.contentRange(size));
    };
  }

  /** The answer to a HEAD: what {@link #get} would say of the whole. */
  public MutableHttpResponse<?> head(HttpRequest<?> request) {
    return unchanged(request)
        ? described(HttpResponse.status(HttpStatus.NOT_MODIFIED))
        : described(HttpResponse.ok()).header(HttpHeaders.CONTENT_LENGTH, Long.toString(size));
  }

  private MutableHttpResponse<Download> body(Source source, ByteRange range, HttpStatus status) {
    return HttpResponse.<Download>status(status)
        .body(new Download(source.open(range.offset(), range.length()), range.length()));
  }

  private <T> MutableHttpResponse<T> described(MutableHttpResponse<T> response) {
    String name = URLEncoder.encode(fileName, StandardCharsets.UTF_8).replace("+", "%20");
    return response
        .contentType(type)
        .header(HttpHeaders.ETAG, etag())
        .header(HttpHeaders.ACCEPT_RANGES, "bytes")
        .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
        .header("X-Content-Type-Options", "nosniff")
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename*=UTF-8''" + name);
  }

  private boolean unchanged(HttpRequest<?> request) {
    return Optional.ofNullable(request.getHeaders().get(HttpHeaders.IF_NONE_MATCH)).stream()
        .flatMap(header -> Arrays.stream(header.split(",", -1)))
        .map(String::strip)
        .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
        .anyMatch(tag -> tag.equals("*") || tag.equals(etag()));
  }

  /** A range of another version of the resource is no use: then the whole is sent. */
  private ByteRange.Asked asked(HttpRequest<?> request) {
    String onlyIf = request.getHeaders().get(HttpHeaders.IF_RANGE);
    Optional<String> range =
        Optional.ofNullable(request.getHeaders().get(HttpHeaders.RANGE))
            .filter(_ -> onlyIf == null || onlyIf.equals(etag()));
    return ByteRange.of(range, size);
  }

  private String etag() {
    return "\"" + tag + "\"";
  }
}
