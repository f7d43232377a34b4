package dev.germline.app.graphql;

import dev.germline.app.identity.Caller;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import io.micronaut.http.sse.Event;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Signal;

/** The open event streams, so many in all and so many of one caller. Thread-safe. */
public final class Streams {
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);

  private final GraphQlSettings settings;
  private final Map<String, Integer> open = new HashMap<>();
  private int all;

  public Streams(GraphQlSettings settings) {
    this.settings = settings;
  }

  /**
   * Opens a stream of answers; it ends with them, with its lifetime, or with the client.
   *
   * @throws GermlineException OVERLOADED, LIMIT_EXCEEDED for one too many
   */
  Publisher<Event<String>> open(Caller caller, Supplier<Flux<String>> answers) {
    enter(caller.name());
    AtomicBoolean left = new AtomicBoolean();
    Runnable leave =
        () -> {
          if (left.compareAndSet(false, true)) {
            leave(caller.name());
          }
        };
    try {
      Flux<Event<String>> events =
          answers
              .get()
              .map(answer -> Event.of(answer).name("next"))
              .take(settings.streamLifetime())
              .concatWithValues(Event.of("").name("complete"));
      Flux<Signal<Event<String>>> signs =
          Flux.interval(Duration.ZERO, SIGN_OF_LIFE) // the first tells that the stream is open
              .onBackpressureDrop()
              .map(_ -> Signal.next(Event.of("").comment("still here")));
      return Flux.merge(events.materialize(), signs)
          .<Event<String>>dematerialize()
          .doFinally(_ -> leave.run());
    } catch (RuntimeException failure) {
      leave.run();
      throw failure;
    }
  }

  private synchronized void enter(String caller) {
    if (all >= settings.maxStreams()) {
      throw new GermlineException(
          Fault.OVERLOADED,
          settings.maxStreams() + " event streams are open already; try again later");
    }
    int own = open.getOrDefault(caller, 0);
    if (own >= settings.maxStreamsPerCaller()) {
      throw new GermlineException(
          Fault.LIMIT_EXCEEDED, "you have %d event streams open already; close one".formatted(own));
    }
    open.put(caller, own + 1);
    all++;
  }

  private synchronized void leave(String caller) {
    open.computeIfPresent(caller, (_, own) -> own == 1 ? null : own - 1);
    all--;
  }

  /** How many are open now. */
  synchronized int count() {
    return all;
  }
}
