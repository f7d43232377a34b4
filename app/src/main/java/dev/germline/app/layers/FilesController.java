package dev.germline.app.layers;

import dev.germline.app.blobs.Blob;
import dev.germline.app.blobs.Blobs;
import dev.germline.app.http.ByteRange;
import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.core.layers.FilePath;
import dev.germline.core.layers.LayerFile;
import dev.germline.core.layers.LayerName;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Head;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/** The bytes of a layer's files; they never change, so their BLAKE3 is the ETag. */
@Controller("/api/v1/layers/{namespace}/{name}/{version}/files")
@Secured(Role.ANY)
@Tag(name = "layers")
final class FilesController {
  private final Layers layers;
  private final Blobs blobs;

  FilesController(Layers layers, Blobs blobs) {
    this.layers = layers;
    this.blobs = blobs;
  }

  /** A file, or the one range of it that is asked for. */
  @Get(value = "/{path:.+}", produces = MediaType.APPLICATION_OCTET_STREAM, headRoute = false)
  HttpResponse<StreamedFile> get(
      HttpRequest<?> request,
      Caller caller,
      String namespace,
      String name,
      String version,
      @PathVariable String path) {
    LayerName layer = LayerName.of(namespace, name, version);
    LayerFile file = layers.file(caller, layer, FilePath.parse(path));
    if (unchanged(request, file)) {
      return described(HttpResponse.status(HttpStatus.NOT_MODIFIED), file);
    }
    Supplier<Blob> blob = () -> blob(caller, layer, file);
    return switch (asked(request, file)) {
      case ByteRange.Outside _ ->
          described(
              HttpResponse.<StreamedFile>status(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
                  .header(HttpHeaders.CONTENT_RANGE, "bytes */" + file.sizeBytes()),
              file);
      case ByteRange.Whole _ ->
          described(body(blob.get(), new ByteRange(0, file.sizeBytes()), HttpStatus.OK), file);
      case ByteRange.Part(ByteRange range) ->
          described(body(blob.get(), range, HttpStatus.PARTIAL_CONTENT), file)
              .header(HttpHeaders.CONTENT_RANGE, range.contentRange(file.sizeBytes()));
    };
  }

  /** What {@link #get} would say of the whole file, without its bytes. */
  @Head("/{path:.+}")
  HttpResponse<?> head(
      HttpRequest<?> request,
      Caller caller,
      String namespace,
      String name,
      String version,
      @PathVariable String path) {
    LayerName layer = LayerName.of(namespace, name, version);
    LayerFile file = layers.file(caller, layer, FilePath.parse(path));
    return unchanged(request, file)
        ? described(HttpResponse.status(HttpStatus.NOT_MODIFIED), file)
        : described(HttpResponse.ok(), file)
            .header(HttpHeaders.CONTENT_LENGTH, Long.toString(file.sizeBytes()));
  }

  private Blob blob(Caller caller, LayerName layer, LayerFile file) {
    FileRows.Row row = layers.stored(caller, layer, file.path());
    return blobs.require(row.tenant(), row.blake3());
  }

  private MutableHttpResponse<StreamedFile> body(Blob blob, ByteRange range, HttpStatus status) {
    return HttpResponse.<StreamedFile>status(status)
        .body(
            new StreamedFile(
                blobs.read(blob, range.offset(), range.length()),
                MediaType.APPLICATION_OCTET_STREAM_TYPE,
                0,
                range.length()));
  }

  /** Layers are private unless said otherwise, so no shared cache may keep what it saw. */
  private static <T> MutableHttpResponse<T> described(
      MutableHttpResponse<T> response, LayerFile file) {
    String name =
        URLEncoder.encode(file.path().fileName(), StandardCharsets.UTF_8).replace("+", "%20");
    return response
        .contentType(MediaType.APPLICATION_OCTET_STREAM_TYPE)
        .header(HttpHeaders.ETAG, etag(file))
        .header(HttpHeaders.ACCEPT_RANGES, "bytes")
        .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
        .header("X-Content-Type-Options", "nosniff")
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename*=UTF-8''" + name);
  }

  private static boolean unchanged(HttpRequest<?> request, LayerFile file) {
    return Optional.ofNullable(request.getHeaders().get(HttpHeaders.IF_NONE_MATCH)).stream()
        .flatMap(header -> Arrays.stream(header.split(",", -1)))
        .map(String::strip)
        .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
        .anyMatch(tag -> tag.equals("*") || tag.equals(etag(file)));
  }

  /** A range of another version of the resource is no use: then the whole is sent. */
  private static ByteRange.Asked asked(HttpRequest<?> request, LayerFile file) {
    String onlyIf = request.getHeaders().get(HttpHeaders.IF_RANGE);
    Optional<String> range =
        Optional.ofNullable(request.getHeaders().get(HttpHeaders.RANGE))
            .filter(_ -> onlyIf == null || onlyIf.equals(etag(file)));
    return ByteRange.of(range, file.sizeBytes());
  }

  private static String etag(LayerFile file) {
    return "\"" + file.blake3().toHex() + "\"";
  }
}
