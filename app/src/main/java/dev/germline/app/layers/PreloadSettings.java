package dev.germline.app.layers;

import dev.germline.app.config.StartRefused;
import io.micronaut.context.annotation.ConfigurationProperties;
import java.time.Duration;

/**
 * What comes into the local cache before it is asked for.
 *
 * @param every how often it is looked what is used most; the first time a minute after the start
 * @param window whose usage sessions count, back from now
 * @param cacheShare of the cache that it may take, 0 (nothing) to 1
 */
@ConfigurationProperties("germline.preload")
public record PreloadSettings(Duration every, Duration window, double cacheShare) {
  public PreloadSettings {
    if (every.toSeconds() < 60) {
      throw new StartRefused("germline.preload.every", "is at least a minute, and not " + every);
    }
    if (window.toHours() < 1) {
      throw new StartRefused("germline.preload.window", "is at least an hour, and not " + window);
    }
    if (!(cacheShare >= 0 && cacheShare <= 1)) {
      throw new StartRefused("germline.preload.cache-share", "is 0 to 1, and not " + cacheShare);
    }
  }
}
