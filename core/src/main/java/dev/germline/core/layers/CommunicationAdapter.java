package dev.germline.core.layers;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** How a model speaks (specs/genomic-data-architecture.md, "Communication adapters"). */
public record CommunicationAdapter(
    Manifest manifest, Style style, @Nullable ContextAwareness contextAwareness) implements Layer {
  public CommunicationAdapter {
    Check.required("manifest", manifest);
    Check.required("style", style);
  }

  @Override
  public LayerType type() {
    return LayerType.COMMUNICATION;
  }

  @Override
  public CommunicationAdapter withManifest(Manifest other) {
    return new CommunicationAdapter(other, style, contextAwareness);
  }

  /** The register it speaks in. */
  public enum Register {
    FORMAL,
    CASUAL,
    TECHNICAL,
    CREATIVE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How it speaks.
   *
   * @param personality dimensions from 0 to 1, such as {@code warmth} (addendum §3: the names are
   *     configuration), at most 64
   * @param audienceAdaptation audiences it adapts to, at most 256
   * @param languagePatterns patterns it prefers, at most 256
   */
  public record Style(
      SortedMap<String, Double> personality,
      Register communicationStyle,
      List<String> audienceAdaptation,
      List<String> languagePatterns) {
    public Style {
      personality = Check.measurements("personality", personality, 64);
      personality.forEach((name, value) -> Check.unit("personality." + name, value));
      Check.required("communicationStyle", communicationStyle);
      audienceAdaptation = Check.texts("audienceAdaptation", audienceAdaptation, 256);
      languagePatterns = Check.texts("languagePatterns", languagePatterns, 256);
    }
  }

  /** What it takes into account. */
  public record ContextAwareness(
      boolean situationalAdaptation,
      boolean emotionalIntelligence,
      boolean culturalSensitivity,
      boolean professionalContext) {}
}
