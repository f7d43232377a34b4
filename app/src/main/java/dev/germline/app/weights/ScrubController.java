package dev.germline.app.weights;

import dev.germline.app.identity.Role;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Whether the stored weights are whole; the admin's work. */
@Controller("/api/v1/scrub")
@Secured(Role.ADMIN_ONLY)
@Tag(name = "operations")
final class ScrubController {
  private final Scrubbing scrubbing;

  ScrubController(Scrubbing scrubbing) {
    this.scrubbing = scrubbing;
  }

  /** Reads every segment of every replica and repairs what it can, in the background. */
  @Post
  @Status(HttpStatus.ACCEPTED)
  ScrubReport start() {
    return scrubbing.start();
  }

  /** The scrub that runs, or the last one, and what is lost. */
  @Get
  ScrubReport report() {
    return scrubbing.report();
  }
}
