package dev.germline.app.health;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;

/**
 * One store in the answer of {@code /health}. The whole is the worst of all: DOWN (503) without
 * MySQL or S3, as nothing can be written or read whole then; DEGRADED (200) without Neo4j, as
 * writes and the registry go on. Liveness asks no store: starting the app again brings none back.
 */
public final class StoreHealth implements HealthIndicator, AutoCloseable {
  /** How long a store may take to answer. */
  public static final Duration LIMIT = Duration.ofSeconds(2);

  /**
   * Served, but not all of it. Without a word on being operational Micronaut sorts it between UP
   * and DOWN, as it is meant.
   */
  static final HealthStatus DEGRADED =
      new HealthStatus(
          "DEGRADED", "Writes and the registry are served, the graph is not", null, null);

  private final String store;
  private final HealthStatus without;
  private final StoreProbe probe;
  private final Supplier<Optional<String>> concern;
  private final AutoCloseable resource;

  private StoreHealth(
      String store,
      HealthStatus without,
      Question question,
      Supplier<Optional<String>> concern,
      AutoCloseable resource) {
    this.store = store;
    this.without = without;
    this.probe = new StoreProbe(store, question, LIMIT);
    this.concern = concern;
    this.resource = resource;
  }

  /**
   * A store without which nothing is served.
   *
   * @param question returns if it answers, throws if not
   * @param resource closed with this
   */
  public static StoreHealth vital(String store, Question question, AutoCloseable resource) {
    return new StoreHealth(store, HealthStatus.DOWN, question, Optional::empty, resource);
  }

  /**
   * A store without which less is served.
   *
   * @param question returns if it answers, throws if not
   * @param concern what is wrong with it though it answers
   */
  public static StoreHealth useful(
      String store, Question question, Supplier<Optional<String>> concern) {
    return new StoreHealth(store, DEGRADED, question, concern, () -> {});
  }

  @Override
  public Publisher<HealthResult> getResult() {
    return Publishers.fromCompletableFuture(() -> probe.answer().thenApply(this::result));
  }

  private HealthResult result(StoreProbe.Answer answer) {
    Map<String, Object> details = new LinkedHashMap<>();
    HealthStatus status =
        switch (answer) {
          case StoreProbe.Answered answered -> {
            details.put("answeredInMs", answered.took().toMillis());
            Optional<String> wrong = concern.get();
            wrong.ifPresent(why -> details.put("why", why));
            yield wrong.isPresent() ? without : HealthStatus.UP;
          }
          case StoreProbe.Silent silent -> {
            details.put("why", silent.why());
            yield without;
          }
        };
    return HealthResult.builder(store, status).details(details).build();
  }

  @Override
  public void close() throws Exception {
    resource.close();
  }
}
