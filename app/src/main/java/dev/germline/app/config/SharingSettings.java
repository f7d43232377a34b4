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
 * @param mostDependents claims that are looked at to find what stands on a layer
 * @param noticesEvery how often changes are looked for that dependents are to be told of
 * @param noticesKept how long a notice is kept after it was acknowledged
 * @param revokedReadsKept how long it is kept who was handed bytes of a revoked layer
 * @param reportsKept validation reports that are kept of a layer, the newest
 */
@ConfigurationProperties("germline.sharing")
public record SharingSettings(
    @Bindable(defaultValue = "") String region,
    @Bindable(defaultValue = "") String harness,
    Duration harnessTimeout,
    double harnessTolerance,
    int mostDependents,
    Duration noticesEvery,
    Duration noticesKept,
    Duration revokedReadsKept,
    int reportsKept) {
  public SharingSettings {
    if (!(harnessTolerance >= 0 && harnessTolerance <= 1)) {
      throw new StartRefused(
          "germline.sharing.harness-tolerance", "is from 0 to 1, and not " + harnessTolerance);
    }
    positive("most-dependents", mostDependents);
    positive("reports-kept", reportsKept);
    positive("notices-every", noticesEvery.toMillis());
    positive("notices-kept", noticesKept.toMillis());
    positive("revoked-reads-kept", revokedReadsKept.toMillis());
  }

  private static void positive(String key, long value) {
    if (value < 1) {
      throw new StartRefused("germline.sharing." + key, "is more than 0, and not " + value);
    }
  }
}
