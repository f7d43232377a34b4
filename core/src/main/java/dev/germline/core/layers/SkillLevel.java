package dev.germline.core.layers;

import java.util.Locale;

/** How far a specialisation goes. */
public enum SkillLevel {
  BEGINNER,
  INTERMEDIATE,
  EXPERT,
  MASTER;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
