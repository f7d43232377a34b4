package dev.germline.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.Layer;
import dev.germline.embedded.stores.Neo4jEndpoint;
import dev.germline.graph.lineage.LineageQueries;
import dev.germline.graph.lineage.Viewer;
import dev.germline.graph.projection.Projector;
import dev.germline.graph.projection.ProjectorSettings;
import dev.germline.graph.projection.ProjectorStatus.State;
import dev.germline.testing.Relay;
import dev.germline.testing.TestStores;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.neo4j.driver.Driver;

/** A Neo4j that hangs is waited for only so long. */
@Timeout(240)
class SilentNeo4jIT {
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final Viewer ADMIN = new Viewer("root", true);
  private static final Layer LAYER = Facts.layer("ns/a@1.0.0");
  private static final ProjectorSettings HASTY =
      new ProjectorSettings(
          100,
          1_000,
          Duration.ofMillis(100),
          Duration.ofMillis(10),
          Duration.ofMillis(500),
          Duration.ofSeconds(5),
          Duration.ofSeconds(1));

  private final MemoryLedger ledger = new MemoryLedger("one");
  private final Relay relay = Relay.to(TestStores.neo4j().bolt().getPort());
  private Driver driver = driver();
  private Projector projector = projector();

  private Driver driver() {
    Neo4j.empty().close();
    Neo4jEndpoint server = TestStores.neo4j();
    return Neo4j.driver(
        new Neo4jEndpoint(
            URI.create("bolt://127.0.0.1:" + relay.port()),
            server.browser(),
            server.user(),
            server.password()));
  }

  private Projector projector() {
    return Projector.start(driver, ledger, HASTY);
  }

  @BeforeEach
  void project() {
    Facts.publish(ledger, LAYER);
    projector.wake(ledger.head());
    until(() -> projector.status().appliedSequence() == ledger.head());
  }

  @AfterEach
  void close() {
    relay.speakAgain();
    projector.close();
    driver.close();
    relay.close();
  }

  @Test
  void lineageSaysSoInTimeAndAnswersAgainWhenNeo4jDoes() {
    LineageQueries lineage = new LineageQueries(driver, LIMIT);
    assertThat(lineage.ancestors(LAYER.name(), 1, ADMIN).nodes()).isEmpty();
    relay.fallSilent();

    for (int i = 0; i < 3; i++) {
      long start = System.nanoTime();
      assertThatThrownBy(() -> lineage.ancestors(LAYER.name(), 1, ADMIN))
          .isInstanceOfSatisfying(
              GermlineException.class,
              wrong -> assertThat(wrong.fault()).isEqualTo(Fault.STORE_UNAVAILABLE));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT.multipliedBy(2));
    }

    relay.speakAgain();
    until(() -> answers(lineage));
  }

  @Test
  void theProjectorSaysThatItWaitsAndGoesOnWhenNeo4jDoes() {
    relay.fallSilent();
    Facts.publish(ledger, Facts.layer("ns/b@1.0.0"));
    projector.wake(ledger.head());
    until(() -> projector.status().state() == State.DOWN);
    assertThat(projector.awaitVisible(ledger.head(), LIMIT)).isFalse();

    relay.speakAgain();
    until(() -> projector.status().appliedSequence() == ledger.head());
    until(() -> projector.status().state() == State.RUNNING);
  }

  private static boolean answers(LineageQueries lineage) {
    try {
      return lineage.ancestors(LAYER.name(), 1, ADMIN).nodes().isEmpty();
    } catch (GermlineException notYet) {
      return false;
    }
  }

  private static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
      LockSupport.parkNanos(5_000_000);
    }
  }
}
