package dev.germline.app.blobs;

import dev.germline.app.identity.Caller;
import dev.germline.blobstore.weights.Transfer;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.weights.ContentDigest;
import dev.germline.core.weights.Tenant;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How far the uploads of this process are. Only the latest state of each is kept: an upload never
 * waits for whoever watches it, and a slow watcher misses steps between and holds no memory.
 * Thread-safe.
 */
public final class UploadProgress {
  /** Ended uploads are remembered so long, for a watcher that looks in between. */
  private static final Duration REMEMBERED = Duration.ofMinutes(1);

  /** More ended uploads than this are forgotten, the oldest first. */
  private static final int MOST_ENDED = 1000;

  private final Clock clock;
  private final Map<Key, Step> latest = new ConcurrentHashMap<>();
  private final AtomicLong steps = new AtomicLong();

  public UploadProgress(Clock clock) {
    this.clock = clock;
  }

  private record Key(Tenant tenant, String principal, ContentDigest digest) {
    static Key of(Caller caller, ContentDigest digest) {
      return new Key(caller.tenant(), caller.name(), digest);
    }

    boolean isOf(Caller caller) {
      return tenant.equals(caller.tenant()) && principal.equals(caller.name());
    }
  }

  /** Where an upload stands. */
  enum State {
    RECEIVING,
    DONE,
    FAILED
  }

  /**
   * A step of an upload.
   *
   * @param number rises from step to step, over all uploads
   * @param size of the blob in bytes
   * @param received bytes that came in
   * @param stored bytes from the begin on that are stored
   * @param fault why it failed
   * @param at when, in milliseconds since 1970 UTC
   */
  record Step(
      long number,
      ContentDigest digest,
      long size,
      long received,
      long stored,
      State state,
      @Nullable Fault fault,
      long at) {}

  /** Begins an upload; what there was of one before is over. */
  Upload begin(Caller caller, ContentDigest digest, long size) {
    forget();
    Upload upload = new Upload(Key.of(caller, digest), size);
    upload.step(State.RECEIVING, null);
    return upload;
  }

  private void forget() {
    long old = clock.millis() - REMEMBERED.toMillis();
    latest.values().removeIf(step -> step.state() != State.RECEIVING && step.at() < old);
    List<Map.Entry<Key, Step>> ended =
        latest.entrySet().stream()
            .filter(entry -> entry.getValue().state() != State.RECEIVING)
            .sorted(Comparator.comparingLong(entry -> entry.getValue().number()))
            .toList();
    ended.stream()
        .limit(Math.max(0, ended.size() - MOST_ENDED))
        .forEach(entry -> latest.remove(entry.getKey(), entry.getValue()));
  }

  /**
   * The latest steps of the caller's uploads behind a number, in their order.
   *
   * @param digest only of this blob
   */
  List<Step> since(Caller caller, Optional<ContentDigest> digest, long number) {
    Stream<Step> steps =
        digest.isPresent()
            ? Stream.ofNullable(latest.get(Key.of(caller, digest.get())))
            : latest.entrySet().stream()
                .filter(entry -> entry.getKey().isOf(caller))
                .map(Map.Entry::getValue);
    return steps
        .filter(step -> step.number() > number)
        .sorted(Comparator.comparingLong(Step::number))
        .toList();
  }

  /** One upload on its way. Told by one thread at a time. */
  final class Upload implements Transfer, AutoCloseable {
    private final Key key;
    private final long size;
    private volatile long received;
    private volatile long stored;
    private volatile boolean ended;

    private Upload(Key key, long size) {
      this.key = key;
      this.size = size;
    }

    @Override
    public void received(long bytes) {
      received = bytes;
      step(State.RECEIVING, null);
    }

    @Override
    public void stored(long recipe, long bytes) {
      stored = bytes;
      step(State.RECEIVING, null);
    }

    /** Does the work of the upload and tells how it ended. */
    <T> T of(Supplier<T> work) {
      try {
        T result = work.get();
        received = size;
        stored = size;
        end(State.DONE, null);
        return result;
      } catch (GermlineException refused) {
        end(State.FAILED, refused.fault());
        throw refused;
      }
    }

    /** An upload that has not ended by now came to nothing. */
    @Override
    public void close() {
      if (!ended) {
        end(State.FAILED, Fault.INTERNAL);
      }
    }

    private void end(State state, @Nullable Fault fault) {
      ended = true;
      step(state, fault);
    }

    private void step(State state, @Nullable Fault fault) {
      latest.put(
          key,
          new Step(
              steps.incrementAndGet(),
              key.digest(),
              size,
              received,
              stored,
              state,
              fault,
              clock.millis()));
    }
  }
}
