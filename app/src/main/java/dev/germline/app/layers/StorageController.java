package dev.germline.app.layers;

import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.core.layers.LayerName;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

/** What is stored, shared and saved, and why. */
@Controller("/api/v1")
@Secured(Role.ANY)
@Tag(name = "layers")
final class StorageController {
  private final Storage storage;

  StorageController(Storage storage) {
    this.storage = storage;
  }

  /** What a layer takes in the store; what it shares with layers the caller may see. */
  @Get("/layers/{namespace}/{name}/{version}/storage")
  LayerStorage ofLayer(Caller caller, String namespace, String name, String version) {
    return storage.of(caller, LayerName.of(namespace, name, version));
  }

  /**
   * What a preload did.
   *
   * @param cachedBytes stored bytes that lie in the server's local cache now, as far as they fit; 0
   *     when it has none
   */
  @Schema(name = "Preloaded")
  record Preloaded(String layer, long cachedBytes) {}

  /** Brings a layer's weights into this server's local cache, ahead of those who will pull it. */
  @Post("/layers/{namespace}/{name}/{version}/preload")
  Preloaded preload(Caller caller, String namespace, String name, String version) {
    LayerName layer = LayerName.of(namespace, name, version);
    return new Preloaded(layer.toString(), storage.preload(caller, layer));
  }

  /** What all layers take that the caller may see; for admins also what the objects in S3 take. */
  @Get("/storage")
  StorageReport all(Caller caller) {
    return storage.all(caller);
  }
}
