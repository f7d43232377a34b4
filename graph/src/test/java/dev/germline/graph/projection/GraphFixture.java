package dev.germline.graph.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.graph.MemoryLedger;
import dev.germline.graph.Neo4j;
import dev.germline.graph.audit.AuditReport;
import dev.germline.graph.audit.GraphAudit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.neo4j.driver.Driver;

/** An empty Neo4j, an empty ledger, and projectors that end with the test. */
abstract class GraphFixture {
  static final Duration LONG = Duration.ofSeconds(60);

  final MemoryLedger ledger = new MemoryLedger("one");
  private final List<Projector> projectors = new ArrayList<>();
  Driver driver;

  @BeforeEach
  void emptyGraph() {
    driver = Neo4j.empty();
  }

  @AfterEach
  void close() {
    projectors.forEach(Projector::close);
    driver.close();
  }

  Projector projector() {
    return projector(ledger, ProjectorSettings.DEFAULT);
  }

  Projector projector(LedgerFeed feed, ProjectorSettings settings) {
    Projector projector = Projector.start(driver, feed, settings);
    projectors.add(projector);
    return projector;
  }

  /** Waits until the graph shows the whole ledger. */
  void project(Projector projector) {
    long head = ledger.head();
    projector.wake(head);
    assertThat(projector.awaitVisible(head, LONG)).as(() -> "" + projector.status()).isTrue();
  }

  AuditReport audit() {
    return new GraphAudit(driver, ledger).run(ledger::snapshot);
  }

  void assertClean() {
    assertThat(audit().findings()).isEmpty();
  }

  long count(String statement) {
    return Neo4j.run(driver, statement).getFirst().get(0).asLong();
  }
}
