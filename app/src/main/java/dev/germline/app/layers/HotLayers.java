package dev.germline.app.layers;

import dev.germline.app.blobs.Blob;
import dev.germline.core.GermlineException;
import dev.germline.core.substrate.EntityId;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Keeps the weights of the layers that are used most in the local cache of this process, up to a
 * share of it: what is pulled now and then has the rest. Thread-safe.
 */
public final class HotLayers {
  private static final int MOST = 200;

  private final Used used;
  private final Function<EntityId, List<Blob>> blobs;
  private final ToLongFunction<Blob> preload;
  private final PreloadSettings settings;
  private final long budget;
  private final Clock clock;

  /** Knows what is used. */
  @FunctionalInterface
  public interface Used {
    /** The layers that were used most since then, the first most of all. */
    List<EntityId> most(Instant since, int count);
  }

  /**
   * Preloads nothing by itself.
   *
   * @param cacheBytes of the local cache; 0: there is none
   */
  public HotLayers(
      Used used, Storage storage, PreloadSettings settings, long cacheBytes, Clock clock) {
    this(used, storage::blobs, storage::preload, settings, cacheBytes, clock);
  }

  HotLayers(
      Used used,
      Function<EntityId, List<Blob>> blobs,
      ToLongFunction<Blob> preload,
      PreloadSettings settings,
      long cacheBytes,
      Clock clock) {
    this.used = used;
    this.blobs = blobs;
    this.preload = preload;
    this.settings = settings;
    this.budget = (long) (cacheBytes * settings.cacheShare());
    this.clock = clock;
  }

  /**
   * Brings them in, the most used first. A file that is larger than what is left of the share is
   * passed over, and so is one that is collected or damaged.
   *
   * @return stored bytes that they take
   * @throws GermlineException STORE_UNAVAILABLE, OVERLOADED
   */
  long preload() {
    if (budget == 0) {
      return 0;
    }
    Set<Long> seen = new HashSet<>();
    long bytes = 0;
    for (EntityId layer : used.most(clock.instant().minus(settings.window()), MOST)) {
      for (Blob blob : blobs.apply(layer)) {
        if (seen.add(blob.recipe()) && blob.digests().size() <= budget - bytes) {
          bytes += stored(blob);
        }
      }
    }
    return bytes;
  }

  private long stored(Blob blob) {
    try {
      return preload.applyAsLong(blob);
    } catch (GermlineException failure) {
      return switch (failure.fault()) {
        case BLOB_NOT_FOUND, WEIGHTS_DAMAGED -> 0;
        default -> throw failure;
      };
    }
  }
}
