package dev.germline.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.app.faults.Api.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two app processes on the same stores make one chain. */
@ExtendWith(OneMachine.class)
final class TwoAppsIT {
  private static final int PUSHES_EACH = 60;
  private static final int CLIENTS_EACH = 12;
  private static final int SHARED = 20;

  private final Random random = new Random(6);

  @Test
  void bothPublishAtOnceAndTheChainDoesNotFork(Machine machine) throws Exception {
    Api one = machine.api();
    try (Machine.FurtherApp second = machine.furtherApp()) {
      Api two = second.ready();
      Barrage first = barrage(one, "one");
      Barrage other = barrage(two, "two");
      both(() -> first.run(List.of(), () -> {}), () -> other.run(List.of(), () -> {}));

      List<Push> pushes = new ArrayList<>(first.acknowledged());
      pushes.addAll(other.acknowledged());
      assertThat(first.surprises()).isEmpty();
      assertThat(other.surprises()).isEmpty();
      assertThat(pushes).hasSize(2 * PUSHES_EACH);
      assertOneChain(one);
      for (Api app : List.of(one, two)) {
        Machine.assertClean(app);
        for (Push push : pushes) {
          Machine.assertComplete(app, push);
        }
      }
      assertThat(head(one)).isEqualTo(head(two));
    }
  }

  @Test
  void theSameLayerThroughBothIsPublishedOnce(Machine machine) throws Exception {
    Api one = machine.api();
    try (Machine.FurtherApp second = machine.furtherApp()) {
      Api two = second.ready();
      for (int i = 0; i < SHARED; i++) {
        Push push = Push.random("shared/layer-" + i, Optional.empty(), random);
        Answer[] answers = new Answer[2];
        both(() -> answers[0] = push.send(one), () -> answers[1] = push.send(two));
        assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 201);
        assertThat(answers[0].json()).isEqualTo(answers[1].json());
        Machine.assertComplete(two, push);
      }
      assertOneChain(two);
    }
  }

  private Barrage barrage(Api app, String namespace) {
    return new Barrage(app, namespace, PUSHES_EACH, CLIENTS_EACH, random, failure -> false);
  }

  private interface Action {
    void run() throws Exception;
  }

  private static void both(Action one, Action two) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> actions = new ArrayList<>();
      for (Action action : List.of(one, two)) {
        actions.add(
            threads.submit(() -> {
              action.run();
              return null;
            }));
      }
      for (Future<?> action : actions) {
        action.get();
      }
    }
  }

  private static JsonNode head(Api app) throws IOException {
    return app.get("/api/v1/ledger").json().get("recordHash");
  }

  /** Every record follows the one before it, from the head to the first. */
  private static void assertOneChain(Api app) throws IOException {
    JsonNode head = app.get("/api/v1/ledger").json();
    long sequence = head.get("sequence").asLong();
    String expected = head.get("recordHash").asText();
    for (long before = sequence + 1; before > 1; ) {
      JsonNode page = app.get("/api/v1/ledger/roots?limit=500&before=" + before).json();
      assertThat(page.get("items")).as("records before %d", before).isNotEmpty();
      for (JsonNode record : page.get("items")) {
        before--;
        assertThat(record.get("sequence").asLong()).isEqualTo(before);
        assertThat(record.get("recordHash").asText()).as("record %d", before).isEqualTo(expected);
        expected = record.path("previousRecord").asText();
      }
    }
    assertThat(expected).as("what the first record follows").isIn("", "null");
  }
}
