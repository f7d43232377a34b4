package dev.germline.app.layers;

import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.app.ledger.LedgerHeaders;
import dev.germline.core.layers.LayerFamily;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerStatus;
import dev.germline.core.layers.LayerType;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Layers: publish, find, read. */
@Controller("/api/v1/layers")
@Secured(Role.ANY)
@Tag(name = "layers")
final class LayersController {
  private final Layers layers;
  private final StoredClaims claims;
  private final Publishing publishing;
  private final LedgerHeaders ledger;

  LayersController(
      Layers layers, StoredClaims claims, Publishing publishing, LedgerHeaders ledger) {
    this.layers = layers;
    this.claims = claims;
    this.publishing = publishing;
    this.ledger = ledger;
  }

  /**
   * Publishes a layer. Its files are named by path and BLAKE3 and were uploaded before. 201, or 200
   * when exactly this layer is there already.
   */
  @Post
  @RequestBody(content = @Content(schema = @Schema(type = "object")))
  HttpResponse<LayerView> publish(Caller caller, @Body byte[] json) {
    Written<LayerDetail> written = publishing.publish(caller, json);
    HttpStatus status = written.fresh() ? HttpStatus.CREATED : HttpStatus.OK;
    return ledger.written(
        HttpResponse.<LayerView>status(status).body(LayerView.of(written.value())),
        written.sequence());
  }

  /**
   * Lists layers, newest first.
   *
   * @param namespace only of this namespace
   * @param name only of this name
   * @param type only of this type
   * @param limit at most so many, 1 to 500
   * @param cursor the nextCursor of the page before
   */
  @Get
  LayerList list(
      Caller caller,
      @QueryValue @Nullable String namespace,
      @QueryValue @Nullable String name,
      @QueryValue @Nullable String type,
      @QueryValue(defaultValue = "100") int limit,
      @QueryValue @Nullable String cursor) {
    LayerType only = Optional.ofNullable(type).map(LayerType::parse).orElse(null);
    Layers.Page page = layers.list(caller, namespace, name, only, limit, cursor);
    return LayerList.of(page.items(), page.nextCursor());
  }

  /** Every version of a layer, newest first. */
  @Get("/{namespace}/{name}")
  LayerList versions(Caller caller, String namespace, String name) {
    return LayerList.of(layers.versions(caller, new LayerFamily(namespace, name)), null);
  }

  /** A layer with its record. */
  @Get("/{namespace}/{name}/{version}")
  LayerView get(Caller caller, String namespace, String name, String version) {
    LayerDetail layer = layers.get(caller, LayerName.of(namespace, name, version));
    return layer.row().status() == LayerStatus.ACTIVE
        ? LayerView.of(layer)
        : LayerView.of(layer, claims.status(layer.row()));
  }
}
