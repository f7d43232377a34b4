package dev.germline.app.weights;

import dev.germline.app.identity.Role;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Collecting weights that nothing refers to, now; the admin's work. */
@Controller("/api/v1/admin/collection")
@Secured(Role.ADMIN_ONLY)
@Tag(name = "operations")
final class CollectionController {
  private final WeightCollection collection;

  CollectionController(WeightCollection collection) {
    this.collection = collection;
  }

  /** Starts a collection, unless one is running; with {@code dryRun} it only says what would go. */
  @Post
  @Status(HttpStatus.ACCEPTED)
  CollectionReport start(@QueryValue(defaultValue = "false") boolean dryRun) {
    return collection.start(dryRun);
  }

  /** The collection that runs, or the last one. */
  @Get
  CollectionReport report() {
    return collection.report();
  }
}
