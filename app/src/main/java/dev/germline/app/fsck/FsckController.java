package dev.germline.app.fsck;

import dev.germline.app.identity.Role;
import dev.germline.graph.projection.Projector;
import dev.germline.graph.projection.ProjectorStatus;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Checking the stores, and making the graph anew; the admin's work. */
@Controller("/api/v1")
@Secured(Role.ADMIN_ONLY)
@Tag(name = "operations")
final class FsckController {
  private final Fsck fsck;
  private final Projector projector;

  FsckController(Fsck fsck, Projector projector) {
    this.fsck = fsck;
    this.projector = projector;
  }

  /**
   * How far the graph is.
   *
   * @param state RUNNING, BEHIND, DOWN, DIVERGED or CLOSED
   */
  record GraphView(
      String state, long appliedSequence, long headSequence, @Nullable String lastError) {
    static GraphView of(ProjectorStatus status) {
      return new GraphView(
          status.state().name(),
          status.appliedSequence(),
          status.headSequence(),
          status.lastError().orElse(null));
    }
  }

  /** Starts a check of all stores, unless one is running. */
  @Post("/fsck")
  @Status(HttpStatus.ACCEPTED)
  FsckReport start() {
    return fsck.start();
  }

  /** The check that runs, or the last one. */
  @Get("/fsck")
  FsckReport report() {
    return fsck.report();
  }

  /** How far the graph is. */
  @Get("/graph")
  GraphView graph() {
    return GraphView.of(projector.status());
  }

  /** Drops what the graph holds and replays the ledger into it, in the background. */
  @Post("/graph/rebuild")
  @Status(HttpStatus.ACCEPTED)
  GraphView rebuild() {
    projector.rebuild();
    return GraphView.of(projector.status());
  }
}
