package dev.germline.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.app.faults.Api.Answer;
import dev.germline.embedded.stores.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * kill -9 of each process at random points of 200 pushes: what was acknowledged is there, whole;
 * what was not is whole or not there at all; and fsck agrees. {@code -Dgermline.faults.seed=N}
 * repeats the dice of a run that failed.
 */
@ExtendWith(OneMachine.class)
final class CrashIT {
  private static final int PUSHES = 200;
  private static final int CLIENTS = 50;

  /** Kills fall before so many pushes have ended, so that each hits clients at work. */
  private static final int LAST_POINT = PUSHES - CLIENTS;

  /** Each kill, and there are three at most, makes each client give up one push at most. */
  private static final int FEWEST_ACKNOWLEDGED = PUSHES - 3 * CLIENTS - 1;

  @ParameterizedTest
  @EnumSource
  void whatWasAcknowledgedOutlivesAKill(Part victim, Machine machine) throws Exception {
    long seed = Long.getLong("germline.faults.seed", System.nanoTime());
    System.out.printf("killing %s with -Dgermline.faults.seed=%d%n", victim, seed);
    Random random = new Random(seed);
    List<Integer> points = random.ints(kills(victim), 1, LAST_POINT).sorted().boxed().toList();
    Api api = machine.api();
    Barrage barrage =
        new Barrage(
            api,
            "crash-" + victim.word(),
            PUSHES,
            CLIENTS,
            random,
            failure -> expected(victim, failure));

    barrage.run(
        points,
        () -> {
          machine.stores().kill(victim);
          machine.stores().restart(victim);
        });

    System.out.printf(
        "%s killed after %s pushes: %d acknowledged, %d given up%n",
        victim, points, barrage.acknowledged().size(), barrage.abandoned().size());
    assertThat(barrage.surprises()).as("seed %d; %s", seed, machine.errors()).isEmpty();
    assertThat(barrage.acknowledged()).as("seed %d", seed).hasSizeGreaterThan(FEWEST_ACKNOWLEDGED);
    Push after = Push.random("crash-" + victim.word() + "/after", Optional.empty(), random);
    Answer answer = after.send(api);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    Machine.assertClean(api);
    Machine.assertComplete(api, after);
    forAll(barrage.acknowledged(), push -> Machine.assertComplete(api, push));
    forAll(
        barrage.abandoned(),
        push -> {
          if (Machine.exists(api, push)) {
            Machine.assertComplete(api, push);
          }
        });
  }

  /** Neo4j takes as long to start as all others together. */
  private static int kills(Part victim) {
    return victim == Part.NEO4J ? 2 : 3;
  }

  /** What clients must reckon with while this part is killed. */
  private static boolean expected(Part victim, Object failure) {
    return switch (victim) {
      case APP -> failure instanceof IOException;
      case MARIADB, S3 -> Barrage.isUnavailable(failure);
      case NEO4J -> false;
    };
  }

  private interface Check {
    void of(Push push) throws IOException;
  }

  private static void forAll(List<Push> pushes, Check check) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<?>> checks = new ArrayList<>();
      for (Push push : pushes) {
        checks.add(
            threads.submit(() -> {
              check.of(push);
              return null;
            }));
      }
      for (Future<?> one : checks) {
        one.get();
      }
    }
  }
}
