package dev.germline.app.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How layers are shared.
 *
 * @param region of this registry; peers of the same are asked for scope regional
 * @param harness URL that runs a benchmark again (docs/sharing.md); empty: none is registered
 * @param harnessTimeout for one benchmark
 * @param harnessTolerance how far a value may be off, as a share of the claimed one
 */
@ConfigurationProperties("germline.sharing")
public record SharingSettings(
    @Bindable(defaultValue = "") String region,
    @Bindable(defaultValue = "") String harness,
    Duration harnessTimeout,
    double harnessTolerance) {
  public SharingSettings {
    if (!(harnessTolerance >= 0 && harnessTolerance <= 1)) {
      throw new StartRefused(
          "germline.sharing.harness-tolerance", "is from 0 to 1, and not " + harnessTolerance);
    }
  }
}
