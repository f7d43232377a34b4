package dev.germline.core.layers;

import org.jspecify.annotations.Nullable;

/**
 * A part that somebody had in a layer.
 *
 * @param contributor the user's name, or whoever they are elsewhere
 * @param role in a word, such as {@code training}, {@code data} or {@code review}
 * @param share of what contributors are rewarded with, where it was agreed upon
 */
public record Contribution(
    String contributor, String role, @Nullable Share share, @Nullable String description) {
  public Contribution {
    Check.text("contributor", contributor);
    Check.token("role", role);
    description = Check.optionalText("description", description, 4096);
  }
}
