package dev.germline.core.layers;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that changed a layer before it was published.
 *
 * @param kind in a word, such as {@code pruning}, {@code merge} or {@code alignment}
 * @param from the layer it was made from in this step
 */
public record EvolutionEvent(
    Instant at, String kind, @Nullable LayerRef from, @Nullable String description) {
  public EvolutionEvent {
    at = Check.instant("at", at);
    Check.token("kind", kind);
    description = Check.optionalText("description", description, 4096);
  }
}
