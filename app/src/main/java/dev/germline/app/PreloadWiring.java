package dev.germline.app;

import dev.germline.app.config.SegmentsSettings;
import dev.germline.app.layers.HotLayers;
import dev.germline.app.layers.PreloadSettings;
import dev.germline.app.layers.Storage;
import dev.germline.app.metrics.Usage;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Clock;

/** What comes into the local cache before it is asked for. */
@Factory
final class PreloadWiring {
  @Singleton
  HotLayers hotLayers(
      Usage usage,
      Storage storage,
      PreloadSettings settings,
      SegmentsSettings segments,
      Clock clock) {
    return new HotLayers(usage::mostUsed, storage, settings, segments.cacheBytes(), clock);
  }
}
