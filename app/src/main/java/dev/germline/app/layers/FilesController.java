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
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The bytes of a layer's files; they never change, so their BLAKE3 is the ETag. */
@Controller("/api/v1/layers/{namespace}/{name}/{version}/files")
@Secured(Role.ANY)
@Tag(name = "layers")
final class FilesController {
  private final Layers layers;
  private final Blobs blobs;
  private final Handout handout;

  FilesController(Layers layers, Blobs blobs, Handout handout) {
    this.layers = layers;
    this.blobs = blobs;
    this.handout = handout;
  }

  /**
   * A file, or the one range of it that is asked for. 410 when the layer was revoked; header
   * Layer-Status says whether it is active or yanked.
   *
   * @param revoked {@code allow} to get the file of a revoked layer all the same; written down
   */
  @Get(value = "/{path:.+}", produces = MediaType.APPLICATION_OCTET_STREAM, headRoute = false)
  HttpResponse<Download> get(
      HttpRequest<?> request,
      Caller caller,
      String namespace,
      String name,
      String version,
      @PathVariable String path,
      @QueryValue @Nullable String revoked) {
    LayerDetail layer = layer(caller, LayerName.of(namespace, name, version), revoked);
    LayerFile file = file(caller, layer, path);
    return Handout.marked(
        served(file)
            .get(
                request,
                (offset, length) -> {
                  FileRows.Row row = layers.stored(layer.row(), file.path());
                  return blobs.read(blobs.require(row.tenant(), row.blake3()), offset, length);
                }),
        layer.row());
  }

  /**
   * What {@link #get} would say of the whole file, without its bytes.
   *
   * @param revoked as there
   */
  @Head("/{path:.+}")
  HttpResponse<?> head(
      HttpRequest<?> request,
      Caller caller,
      String namespace,
      String name,
      String version,
      @PathVariable String path,
      @QueryValue @Nullable String revoked) {
    LayerDetail layer = layer(caller, LayerName.of(namespace, name, version), revoked);
    return Handout.marked(served(file(caller, layer, path)).head(request), layer.row());
  }

  private LayerDetail layer(Caller caller, LayerName name, @Nullable String revoked) {
    LayerDetail layer = layers.get(caller, name);
    handout.require(layer.row(), revoked);
    return layer;
  }

  private LayerFile file(Caller caller, LayerDetail layer, String path) {
    LayerFile file = layer.file(FilePath.parse(path));
    handout.note(caller, layer.row(), "file " + file.path().value());
    return file;
  }

  private static FixedBytes served(LayerFile file) {
    return new FixedBytes(
        file.blake3().toHex(),
        file.sizeBytes(),
        MediaType.APPLICATION_OCTET_STREAM_TYPE,
        file.path().fileName());
  }
}
