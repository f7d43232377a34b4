package dev.germline.graph.lineage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who looks at the graph, and at which moment of it.
 *
 * @param admin whether it may see everything
 * @param asOf only layers created and claims asserted up to then, as their records say; null for
 *     all
 */
public record Viewer(String principal, boolean admin, @Nullable Instant asOf) {
  /** Someone who looks at the graph as it is now. */
  public Viewer(String principal, boolean admin) {
    this(principal, admin, null);
  }
}
