package dev.germline.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.germline.app.faults.Api.Answer;
import dev.germline.embedded.stores.Part;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nothing goes without MySQL, and everything says so and goes on once it is back. */
@ExtendWith(OneMachine.class)
final class MySqlDownIT {
  private static final Duration RECOVERS_WITHIN = Duration.ofSeconds(30);
  private static final int EX_CONFIG = 78;

  private final Random random = new Random(5);

  @Test
  void underLoadRequestsAnswer503AndSucceedAgain(Machine machine) throws Exception {
    Api api = machine.api();
    Push before = Push.random("mysql/before", Optional.empty(), random);
    assertThat(before.send(api).status()).isEqualTo(201);
    List<Answer> whileDown = new ArrayList<>();
    Barrage load = new Barrage(api, "mysql", 60, 20, random, Barrage::isUnavailable);

    load.run(
        List.of(10),
        () -> {
          machine.stores().kill(Part.MARIADB);
          try {
            whileDown.add(api.get(before.path()));
            whileDown.add(api.get("/api/v1/layers"));
            whileDown.add(api.post("/api/v1/layers", before.json()));
            assertThat(api.get("/health").status()).isEqualTo(503);
            assertThat(api.get("/health/liveness").status()).isEqualTo(200);
          } catch (IOException gone) {
            throw new AssertionError("the app went with MySQL", gone);
          } finally {
            machine.stores().restart(Part.MARIADB);
          }
        });

    assertThat(whileDown)
        .hasSize(3)
        .allSatisfy(answer -> {
          assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
          assertThat(answer.code()).isEqualTo("STORE_UNAVAILABLE");
          assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        });
    assertThat(load.surprises()).isEmpty();
    Push after = Push.random("mysql/after", Optional.of("mysql/before"), random);
    await("writes go on").atMost(RECOVERS_WITHIN).until(() -> after.send(api).status() / 100 == 2);
    Machine.assertClean(api);
    Machine.assertComplete(api, before);
    Machine.assertComplete(api, after);
  }

  @Test
  void anAppThatFindsNoMySqlSaysSoInOneLineAndEnds(Machine machine) throws Exception {
    machine.stores().kill(Part.MARIADB);
    try (Machine.FurtherApp second = machine.furtherApp()) {
      assertThat(second.ended()).as(String.join("\n", second.log())).isEqualTo(EX_CONFIG);
      assertThat(second.log())
          .singleElement()
          .asString()
          .startsWith("germline: GERMLINE_MYSQL_URL")
          .contains(machine.stores().mysql().url());
    } finally {
      machine.stores().restart(Part.MARIADB);
    }
  }
}
