package dev.germline.app.blobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.weights.ContentDigest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.sse.Event;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** Tells clients how far their uploads are. */
@Controller("/api/v1/uploads/events")
@Secured(Role.ANY)
@Tag(name = "blobs")
final class UploadEventsController {
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  /** So many looks without news are followed by a sign of life: 10 s. */
  private static final int QUIET_LOOKS = 50;

  private static final int MOST_WATCHERS = 256;

  private final UploadProgress progress;
  private final AtomicInteger watchers = new AtomicInteger();

  UploadEventsController(UploadProgress progress) {
    this.progress = progress;
  }

  /**
   * Where an upload stands.
   *
   * @param digest the blob as its upload named it; as the other fields absent in a heartbeat
   * @param received bytes that came in
   * @param stored bytes that are stored
   * @param state receiving, done, failed or heartbeat
   * @param code of the problem, when it failed
   */
  @Schema(name = "UploadEvent")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record View(
      @Nullable String digest,
      @Nullable Long sizeBytes,
      @Nullable Long received,
      @Nullable Long stored,
      String state,
      @Nullable String code) {
    private static final View HEARTBEAT = new View(null, null, null, null, "heartbeat", null);

    static View of(UploadProgress.Step step) {
      Fault fault = step.fault();
      return new View(
          step.digest().toString(),
          step.size(),
          step.received(),
          step.stored(),
          step.state().name().toLowerCase(Locale.ROOT),
          fault == null ? null : fault.name());
    }

    boolean last() {
      return state.equals("done") || state.equals("failed");
    }
  }

  /**
   * The caller's uploads through this process as server-sent events: where each stands, then every
   * change, at most five times a second, and a heartbeat after 10 s without any. With a blob given
   * the stream ends with its upload; an upload that ended is told for a minute.
   *
   * @param digest only of this blob
   */
  @Get(produces = MediaType.TEXT_EVENT_STREAM)
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.TEXT_EVENT_STREAM,
              schema = @Schema(implementation = View.class)))
  Publisher<Event<View>> events(Caller caller, @QueryValue @Nullable String digest) {
    Optional<ContentDigest> only = Optional.ofNullable(digest).map(ContentDigest::parse);
    if (watchers.incrementAndGet() > MOST_WATCHERS) {
      watchers.decrementAndGet();
      throw new GermlineException(
          Fault.OVERLOADED, MOST_WATCHERS + " clients watch uploads already; try again later");
    }
    Watch watch = new Watch(caller, only);
    // Looks that come while the client is slow are dropped: nothing queues up.
    Flux<View> views =
        Flux.interval(Duration.ZERO, LOOK_EVERY)
            .onBackpressureDrop()
            .concatMapIterable(_ -> watch.look(), 1);
    return (only.isPresent() ? views.takeUntil(View::last) : views)
        .map(view -> Event.of(view).name("upload"))
        .doFinally(_ -> watchers.decrementAndGet());
  }

  /** How many clients watch now. */
  int watching() {
    return watchers.get();
  }

  /** What one client has been told. */
  private final class Watch {
    private final Caller caller;
    private final Optional<ContentDigest> only;
    private long told;
    private int quiet;

    Watch(Caller caller, Optional<ContentDigest> only) {
      this.caller = caller;
      this.only = only;
    }

    List<View> look() {
      List<UploadProgress.Step> steps = progress.since(caller, only, told);
      List<View> views = new ArrayList<>();
      for (UploadProgress.Step step : steps) {
        told = step.number();
        views.add(View.of(step));
      }
      quiet = steps.isEmpty() ? quiet + 1 : 0;
      if (quiet >= QUIET_LOOKS) {
        quiet = 0;
        views.add(View.HEARTBEAT);
      }
      return views;
    }
  }
}
