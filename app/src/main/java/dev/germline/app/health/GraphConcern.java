package dev.germline.app.health;

import dev.germline.graph.projection.ProjectorStatus;
import java.util.Optional;

/** What is wrong with the graph though Neo4j answers. */
public final class GraphConcern {
  private GraphConcern() {}

  /** One line; nothing while the graph follows the ledger, at whatever distance. */
  public static Optional<String> of(ProjectorStatus status) {
    return switch (status.state()) {
      case RUNNING, BEHIND, CLOSED -> Optional.empty();
      case DOWN ->
          Optional.of(
              "nothing can be projected: " + status.lastError().orElse("no reason is known"));
      case DIVERGED ->
          Optional.of("it shows another ledger; `germline graph rebuild` makes it anew");
    };
  }
}
