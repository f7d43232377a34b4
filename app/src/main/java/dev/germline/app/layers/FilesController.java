package dev.germline.app.layers;

import dev.germline.app.blobs.Blobs;
import dev.germline.app.http.Download;
import dev.germline.app.http.FixedBytes;
import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.core.layers.FilePath;
import dev.germline.core.layers.LayerFile;
import dev.germline.core.layers.LayerName;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Head;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.tags.Tag;

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
  HttpResponse<Download> get(
      HttpRequest<?> request,
      Caller caller,
      String namespace,
      String name,
      String version,
      @PathVariable String path) {
    LayerName layer = LayerName.of(namespace, name, version);
    LayerFile file = layers.file(caller, layer, FilePath.parse(path));
    return served(file)
        .get(
            request,
            (offset, length) -> {
              FileRows.Row row = layers.stored(caller, layer, file.path());
              return blobs.read(blobs.require(row.tenant(), row.blake3()), offset, length);
            });
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
    return served(layers.file(caller, layer, FilePath.parse(path))).head(request);
  }

  private static FixedBytes served(LayerFile file) {
    return new FixedBytes(
        file.blake3().toHex(),
        file.sizeBytes(),
        MediaType.APPLICATION_OCTET_STREAM_TYPE,
        file.path().fileName());
  }
}
