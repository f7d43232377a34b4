package dev.germline.app.layers;

import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.core.layers.LayerName;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Measurements of a layer. */
@Controller("/api/v1/layers/{namespace}/{name}/{version}")
@Secured(Role.ANY)
@Tag(name = "measurements")
final class MeasurementsController {
  private final Measurements measurements;

  MeasurementsController(Measurements measurements) {
    this.measurements = measurements;
  }

  /** Keeps a measured value. */
  @Post("/performance")
  @Status(HttpStatus.CREATED)
  void measured(
      Caller caller,
      String namespace,
      String name,
      String version,
      @Body Measurements.Performance performance) {
    measurements.measured(caller, LayerName.of(namespace, name, version), performance);
  }

  /** Keeps a use. */
  @Post("/usage")
  @Status(HttpStatus.CREATED)
  void used(
      Caller caller,
      String namespace,
      String name,
      String version,
      @Body Measurements.Usage usage) {
    measurements.used(caller, LayerName.of(namespace, name, version), usage);
  }
}
