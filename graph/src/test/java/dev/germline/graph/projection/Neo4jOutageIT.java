package dev.germline.graph.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.embedded.stores.Part;
import dev.germline.embedded.stores.Settings;
import dev.germline.embedded.stores.Stores;
import dev.germline.graph.MemoryLedger;
import dev.germline.graph.Neo4j;
import dev.germline.graph.RandomHistory;
import dev.germline.graph.audit.GraphAudit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.Driver;

/** A Neo4j of its own, which is killed while it is written to. */
@Timeout(300)
class Neo4jOutageIT {
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir Path data;

  @Test
  void killedInTheMiddleItIsReportedDownAndCatchesUpOnceItIsBack() {
    MemoryLedger ledger = new MemoryLedger("one");
    RandomHistory history = new RandomHistory(ledger, 9);
    ProjectorSettings smallSteps =
        new ProjectorSettings(
            3,
            10,
            Duration.ofMillis(100),
            Duration.ofMillis(10),
            Duration.ofMillis(500),
            Duration.ofMinutes(1),
            Duration.ofSeconds(5));
    try (Stores stores = Stores.start(Settings.stores(data).withParts(Set.of(Part.NEO4J)));
        Driver driver = Neo4j.driver(stores.neo4j());
        Projector projector = Projector.start(driver, ledger, smallSteps)) {
      history.commit(1_000);
      projector.wake(ledger.head());
      until(() -> projector.status().appliedSequence() > 20);
      stores.kill(Part.NEO4J);
      until(() -> projector.status().state() == ProjectorStatus.State.DOWN);
      assertThat(projector.status().lastError()).isPresent();
      assertThat(projector.status().appliedSequence()).isLessThan(ledger.head());
      long before = System.nanoTime();
      assertThat(projector.awaitVisible(ledger.head(), LONG)).isFalse();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
      history.commit(50);
      projector.wake(ledger.head());

      stores.restart(Part.NEO4J);
      until(() -> projector.status().appliedSequence() == ledger.head());
      until(() -> projector.status().state() == ProjectorStatus.State.RUNNING);
      assertThat(new GraphAudit(driver, ledger).run(ledger::snapshot).findings()).isEmpty();
    }
  }

  private static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
