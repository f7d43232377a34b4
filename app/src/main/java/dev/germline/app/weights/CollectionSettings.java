package dev.germline.app.weights;

import dev.germline.app.config.StartRefused;
import io.micronaut.context.annotation.ConfigurationProperties;
import java.time.Duration;

/**
 * When weights that nothing refers to go.
 *
 * @param every how often each app process collects, beginning at a random moment of the first such
 *     time
 * @param grace how long what nothing refers to stays: longer than any upload takes, and than
 *     whoever uploads files waits before publishing them
 * @param condemnedFor how long an object that nothing lies in any more stays for those who are
 *     reading from it
 */
@ConfigurationProperties("germline.collection")
public record CollectionSettings(Duration every, Duration grace, Duration condemnedFor) {
  public CollectionSettings {
    if (every.toSeconds() < 60) {
      throw new StartRefused("germline.collection.every", "is at least a minute, and not " + every);
    }
    if (grace.toHours() < 1) {
      throw new StartRefused("germline.collection.grace", "is at least an hour, and not " + grace);
    }
    if (condemnedFor.isNegative()) {
      throw new StartRefused(
          "germline.collection.condemned-for", "is not negative, and not " + condemnedFor);
    }
  }
}
