package dev.germline.app.weights;

import dev.germline.app.identity.Role;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.tags.Tag;

/** The keys of encryption at rest; the admin's work. */
@Controller("/api/v1/keys")
@Secured(Role.ADMIN_ONLY)
@Tag(name = "operations")
final class KeysController {
  private final KeyRotation rotation;

  KeysController(KeyRotation rotation) {
    this.rotation = rotation;
  }

  /** Wraps every data key by the first configured master key, in the background. */
  @Post("/rotation")
  @Status(HttpStatus.ACCEPTED)
  RotationReport rotate() {
    return rotation.start();
  }

  /** The rotation that runs, or the last one, and which master keys are still needed. */
  @Get("/rotation")
  RotationReport report() {
    return rotation.report();
  }
}
