package dev.germline.app.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.time.Duration;

/**
 * How stored weights are read back to see whether they are whole.
 *
 * @param every how often segments that are due are looked for
 * @param interval how long a segment that was found whole is left alone
 * @param bytesPerSecond read from all stores together in the background; 0: nothing is scrubbed but
 *     on demand
 */
@ConfigurationProperties("germline.scrub")
public record ScrubSettings(Duration every, Duration interval, long bytesPerSecond) {
  public ScrubSettings {
    if (bytesPerSecond < 0) {
      throw new StartRefused(
          "germline.scrub.bytes-per-second", "is 0 or more, and not " + bytesPerSecond);
    }
  }
}
