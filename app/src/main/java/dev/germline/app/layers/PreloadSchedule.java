package dev.germline.app.layers;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Preloads what is used most, soon after the start and from time to time. */
@Singleton
final class PreloadSchedule {
  private static final Logger LOG = LoggerFactory.getLogger(PreloadSchedule.class);

  private final HotLayers layers;

  PreloadSchedule(HotLayers layers) {
    this.layers = layers;
  }

  @Scheduled(fixedDelay = "${germline.preload.every}", initialDelay = "1m")
  void preload() {
    try {
      LOG.debug("The layers used most take {} bytes of the local cache", layers.preload());
    } catch (RuntimeException later) {
      LOG.warn("The layers used most were not all preloaded: {}", later.getMessage());
    }
  }
}
