package dev.germline.app.config;

import io.micronaut.context.annotation.ConfigurationProperties;

/**
 * How strict the compatibility gate is, and how much one question may cost.
 *
 * @param conflictSeverity stated conflicts of at least this severity fail, those below warn; 0 to 1
 * @param mostVersions versions that one question may have looked at
 */
@ConfigurationProperties("germline.compatibility")
public record CompatibilitySettings(double conflictSeverity, int mostVersions) {
  public CompatibilitySettings {
    if (!(conflictSeverity >= 0 && conflictSeverity <= 1)) {
      throw new StartRefused(
          "germline.compatibility.conflict-severity",
          "is from 0 to 1, and not " + conflictSeverity);
    }
    if (mostVersions < 1) {
      throw new StartRefused(
          "germline.compatibility.most-versions", "is 1 or more, and not " + mostVersions);
    }
  }
}
