package dev.germline.core.compatibility.resolve;

import dev.germline.core.layers.Dependency;
import dev.germline.core.layers.LayerStatus;
import dev.germline.core.layers.LayerVersion;
import java.util.List;

/**
 * One published version of a family, as a resolver sees it.
 *
 * @param status whether it may be chosen: the yanked where exactly it is asked for, the revoked
 *     never
 * @param dependencies what it says it needs
 */
public record Candidate(LayerVersion version, LayerStatus status, List<Dependency> dependencies) {
  public Candidate {
    dependencies = List.copyOf(dependencies);
  }
}
