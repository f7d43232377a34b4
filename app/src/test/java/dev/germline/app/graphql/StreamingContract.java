package dev.germline.app.graphql;

import static dev.germline.app.layers.Samples.foundation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can be subscribed to. */
interface StreamingContract extends OverGraphQl {
  @Test
  default void aSubscriptionTellsOfNewLayersThatItsCallerMaySee() throws Exception {
    List<String> events = new CopyOnWriteArrayList<>();
    String query =
        "subscription { layerPublished(namespace: \"%s\") { name capabilities metrics { mean } } }"
            .formatted(ns());
    try (Listening stream = new Listening(app(), token("bob"), query, events)) {
      await().atMost(Duration.ofSeconds(30)).until(() -> app().bean(Streams.class).count() == 1);
      publish(foundation(name("first")));
      publish(foundation(name("secret")).visibility("private"));
      publish(foundation(name("second")).member("\"capabilities\":[\"chat\"]"));
      await().atMost(Duration.ofSeconds(30)).until(() -> events.size() >= 2);
      assertThat(stream.status()).isEqualTo(200);
    }
    assertThat(events).hasSize(2);
    assertThat(events.get(0)).contains(name("first"));
    assertThat(events.get(1)).contains(name("second"), "chat").doesNotContain("errors");
    await().atMost(Duration.ofSeconds(30)).until(() -> app().bean(Streams.class).count() == 0);
  }

  @Test
  default void oneCallerHasSoManyStreams() throws Exception {
    String query = "subscription { layerPublished { name } }";
    List<String> events = new CopyOnWriteArrayList<>();
    try (Listening one = new Listening(app(), token("eve"), query, events);
        Listening two = new Listening(app(), token("eve"), query, events);
        Listening three = new Listening(app(), token("eve"), query, events)) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> Stream.of(one, two, three).filter(stream -> stream.status() != 0).count() == 3);
      assertThat(Stream.of(one, two, three).map(Listening::status))
          .containsExactlyInAnyOrder(200, 200, 413);
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> app().bean(Streams.class).count() == 0);
  }
}
