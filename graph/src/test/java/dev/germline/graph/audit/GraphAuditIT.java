package dev.germline.graph.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.core.GermlineException;
import dev.germline.core.layers.Layer;
import dev.germline.core.layers.Relationship;
import dev.germline.graph.Facts;
import dev.germline.graph.MemoryLedger;
import dev.germline.graph.Neo4j;
import dev.germline.graph.RandomHistory;
import dev.germline.graph.projection.GraphRebuild;
import dev.germline.graph.projection.Projector;
import dev.germline.graph.projection.ProjectorSettings;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Session;
import org.neo4j.driver.Transaction;

/** Every kind of tampering on one projected history; each is undone before the next. */
class GraphAuditIT {
  private static final MemoryLedger LEDGER = new MemoryLedger("one");
  private static final Layer BASE = Facts.layer("acme/base@1.0.0", "model.onnx");
  private static final Layer CHILD = Facts.layer("acme/child@1.0.0", "model.onnx", "b.bin");
  private static final Relationship EVOLVED = Facts.evolved(CHILD, BASE);

  private static Driver driver;
  private static boolean tampered;

  @BeforeAll
  static void project() {
    driver = Neo4j.empty();
    Facts.publish(LEDGER, BASE);
    Facts.publish(LEDGER, CHILD);
    Facts.claim(LEDGER, EVOLVED);
    new RandomHistory(LEDGER, 1).commit(200);
    repair();
  }

  @AfterEach
  void repairIfNeeded() {
    if (tampered) {
      repair();
    }
  }

  @AfterAll
  static void close() {
    driver.close();
  }

  @Test
  void anUntouchedGraphIsCleanAndWhollyCompared() {
    AuditReport report = audit();
    assertThat(report.clean()).isTrue();
    assertThat(report.sequence()).isEqualTo(LEDGER.head());
    assertThat(report.nodes()).isEqualTo(count("MATCH (n:Entity) RETURN count(n)"));
    assertThat(report.relations()).isEqualTo(count("MATCH ()-[r]->() RETURN count(r)"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MISSING | NODE | MATCH (l:Layer {name: 'acme/base@1.0.0'}) DETACH DELETE l",
        "MISSING | NODE | MATCH (n:Chunk) WITH n LIMIT 1 DETACH DELETE n",
        "MISSING | NODE | MATCH (l:Layer {name: 'acme/base@1.0.0'}) REMOVE l:Entity",
        "MISSING | NODE | MATCH (l:Layer {name: 'acme/base@1.0.0'}) REMOVE l.id",
        "MISSING | NODE | MATCH (l:Layer {name: 'acme/base@1.0.0'}) SET l.id = 7",
        "DIFFERENT | NODE | MATCH (l:Layer {name: 'acme/base@1.0.0'}) SET l.creator = 'eve'",
        "DIFFERENT | NODE | MATCH (l:Layer {name: 'acme/base@1.0.0'}) SET l.note = 'mine'",
        "DIFFERENT | NODE | MATCH (l:Layer {name: 'acme/base@1.0.0'}) REMOVE l.description",
        "DIFFERENT | NODE | MATCH (l:Layer {name: 'acme/base@1.0.0'}) SET l:Approved",
        "DIFFERENT | NODE | MATCH (l:Layer {name: 'acme/base@1.0.0'}) REMOVE l:LoraLayer",
        "DIFFERENT | NODE | MATCH (f:File) WITH f LIMIT 1 SET f.sizeBytes = f.sizeBytes * 1.0",
        "UNEXPECTED | NODE | CREATE (:Note {text: 'remember'})",
        "UNEXPECTED | NODE | CREATE (:Entity {id: 'zzz'})",
        "UNEXPECTED | NODE | CREATE (:Entity {id: '\uD83E\uDDEC'})",
        "UNEXPECTED | NODE | CREATE (:Entity:Layer {id: '00000000-0000-0000-0000-000000000000'})",
        "UNEXPECTED | NODE | MATCH (p:Projection), (l:Layer) WITH p, l LIMIT 1 CREATE (p)-[:X]->(l)",
        "MISSING | RELATION | MATCH ()-[r:HAS_FILE]->() WITH r LIMIT 1 DELETE r",
        "MISSING | RELATION | MATCH ()-[r:CP_EDGE]->() WITH r LIMIT 1 SET r.kind = 'Other'",
        "DIFFERENT | RELATION | MATCH ()-[r:CHUNK_TO_CHUNK]->() WITH r LIMIT 1 SET r.weight = 0.5",
        "DIFFERENT | RELATION | MATCH ()-[r:HAS_FILE]->() WITH r LIMIT 1 SET r.paths = ['x']",
        "UNEXPECTED | RELATION | MATCH (a)-[:HAS_FILE]->(b) WITH a, b LIMIT 1 CREATE (a)-[:HAS_FILE]->(b)",
        "UNEXPECTED | RELATION | MATCH (a:Layer), (b:Chunk) WITH a, b LIMIT 1 CREATE (a)-[:LIKES]->(b)",
        "UNEXPECTED | RELATION | MATCH (a:Layer) WITH a LIMIT 1 CREATE (a)-[:LIKES]->(:Note)",
        "UNEXPECTED | RELATION | MATCH (a:Layer), (b:Chunk) WITH a, b LIMIT 1 CREATE (a)-[:EVOLVED_FROM]->(b)",
        "UNEXPECTED | RELATION | MATCH (a:Layer), (b:Chunk) WITH a, b LIMIT 1 CREATE (a)-[:EVOLVED_FROM {claim: 1}]->(b)",
        "MISSING | ARROW | MATCH ()-[r:EVOLVED_FROM]->() WITH r LIMIT 1 DELETE r",
        "DIFFERENT | ARROW | MATCH ()-[r:EVOLVED_FROM]->() WITH r LIMIT 1 SET r.confidence = 1.0",
        "DIFFERENT | ARROW | MATCH (a)-[r:EVOLVED_FROM]->(b) WITH a, r, b LIMIT 1 WITH a, b, r, properties(r) AS p DELETE r CREATE (b)-[n:EVOLVED_FROM]->(a) SET n = p",
        "UNEXPECTED | ARROW | MATCH (a:Layer), (b:Layer) WITH a, b LIMIT 1 CREATE (a)-[:DEPENDS_ON {claim: 'me'}]->(b)",
        "UNEXPECTED | ARROW | MATCH (a:Layer)-[r:EVOLVED_FROM]->(b) WITH a, b, r.claim AS claim LIMIT 1 CREATE (a)-[:DEPENDS_ON {claim: claim}]->(b)",
        "MISSING | POSITION | MATCH (p:Projection) DETACH DELETE p",
        "DIFFERENT | POSITION | MATCH (p:Projection) SET p.sequence = p.sequence + 1",
        "DIFFERENT | POSITION | MATCH (p:Projection) SET p.record = '00' + substring(p.record, 2)",
        "MISSING | SCHEMA | DROP CONSTRAINT layer_name",
        "MISSING | SCHEMA | DROP INDEX layer_text",
        "UNEXPECTED | SCHEMA | CREATE CONSTRAINT mine FOR (c:Chunk) REQUIRE c.mine IS UNIQUE",
      })
  void tamperingIsFound(Finding.Kind kind, Finding.Element element, String statement) {
    tamper(statement);
    AuditReport report = audit();
    assertThat(report.clean()).isFalse();
    assertThat(report.findings())
        .anySatisfy(finding -> {
          assertThat(finding.kind()).isEqualTo(kind);
          assertThat(finding.element()).isEqualTo(element);
          assertThat(finding.id()).isNotBlank();
        })
        .as("what the tampering drags along, but not the whole graph")
        .hasSizeLessThan(60);
    repair();
    assertThat(audit().clean()).isTrue();
  }

  @Test
  void anotherIndexUnderOurNameIsFound() {
    tamper("DROP INDEX layer_digest");
    tamper("CREATE INDEX layer_digest FOR (l:Layer) ON (l.creator)");
    assertThat(audit().findings())
        .containsExactly(
            new Finding(
                Finding.Kind.DIFFERENT,
                Finding.Element.SCHEMA,
                "layer_digest",
                "index on [creator] of [Layer] instead of index on [digest] of [Layer]"));
    repair();
    assertThat(audit().clean()).isTrue();
  }

  @Test
  void anIndexOfSomebodyElsesIsNoFault() {
    Neo4j.run(driver, "CREATE INDEX mine FOR (l:Layer) ON (l.creator)");
    assertThat(audit().clean()).isTrue();
    Neo4j.run(driver, "DROP INDEX mine");
  }

  @Test
  void aRebuildAlsoHealsDataThatBreakADroppedConstraint() {
    tamper("DROP CONSTRAINT entity_id");
    tamper("MATCH (l:Layer {name: 'acme/base@1.0.0'}) CREATE (:Entity {id: l.id})");
    tamper("DROP INDEX layer_digest");
    tamper("CREATE INDEX mine FOR (l:Layer) ON (l.digest)");
    assertThat(audit().findings())
        .filteredOn(finding -> finding.element() == Finding.Element.SCHEMA)
        .extracting(Finding::id)
        .containsExactly("entity_id", "layer_digest");
    GraphRebuild.request(driver);
    repair();
    assertThat(audit().clean()).isTrue();
  }

  @Test
  void aNodeWithVeryManyRelationsIsComparedInPages() {
    tamper(
        "MATCH (l:Layer {name: 'acme/base@1.0.0'}), (c:Chunk) WITH l, c LIMIT 5"
            + " UNWIND range(1, 2500) AS i CREATE (l)-[:LIKES]->(c)");
    AuditReport report = audit();
    assertThat(report.truncated()).isTrue();
    assertThat(report.findings()).hasSize(GraphAudit.MAX_FINDINGS);
    repair();
    assertThat(audit().clean()).isTrue();
  }

  @Test
  void commitsAndProjectionGoOnDuringAnAudit() {
    MemoryLedger moving = LEDGER;
    RandomHistory history = new RandomHistory(moving, 2);
    try (Projector projector = Projector.start(driver, moving, ProjectorSettings.DEFAULT)) {
      AuditReport report =
          new GraphAudit(driver, moving)
              .run(() -> {
                LedgerSnapshot before = moving.snapshot();
                history.commit(50);
                projector.wake(moving.head());
                projector.awaitVisible(moving.head(), Duration.ofSeconds(60));
                return before;
              });
      assertThat(report.findings()).isEmpty();
    }
  }

  @Test
  void aGraphThatIsBeingRebuiltIsNotJudged() {
    tampered = true;
    GraphRebuild.request(driver);
    assertThatThrownBy(GraphAuditIT::audit)
        .isInstanceOf(GermlineException.class)
        .hasMessageContaining("PROJECTION_BEHIND");
  }

  @Test
  void aProjectionUnderWayDoesNotHoldTheAuditUp() {
    try (Session session = driver.session();
        Transaction tx = session.beginTransaction()) {
      tx.run("MATCH (p:Projection) SET p.sequence = p.sequence").consume();
      assertThat(audit().clean()).isTrue();
    }
  }

  private static void repair() {
    tampered = false;
    try (Projector projector = Projector.start(driver, LEDGER, ProjectorSettings.DEFAULT)) {
      projector.rebuild();
      assertThat(projector.awaitVisible(LEDGER.head(), Duration.ofSeconds(60)))
          .as(() -> "" + projector.status())
          .isTrue();
    }
  }

  private static void tamper(String statement) {
    tampered = true;
    Neo4j.run(driver, statement);
  }

  private static AuditReport audit() {
    return new GraphAudit(driver, LEDGER).run(LEDGER::snapshot);
  }

  private static long count(String statement) {
    return Neo4j.run(driver, statement).getFirst().get(0).asLong();
  }
}
