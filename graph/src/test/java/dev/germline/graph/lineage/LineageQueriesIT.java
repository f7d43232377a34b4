package dev.germline.graph.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.Layer;
import dev.germline.core.layers.LayerJson;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.Relationship;
import dev.germline.core.layers.Sharing;
import dev.germline.graph.CypherFile;
import dev.germline.graph.Facts;
import dev.germline.graph.MemoryLedger;
import dev.germline.graph.Neo4j;
import dev.germline.graph.projection.Projector;
import dev.germline.graph.projection.ProjectorSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Session;

/**
 * One forest: a - b - c - d a line from child to parent, a - hidden - e behind a private layer, and
 * a ladder of diamonds in which the paths double on every level.
 */
@Timeout(120)
class LineageQueriesIT {
  private static final Viewer ADA = new Viewer("ada", false);
  private static final Viewer EVE = new Viewer("eve", false);
  private static final Viewer ADMIN = new Viewer("root", true);
  private static final int RUNGS = 30;

  private static final MemoryLedger LEDGER = new MemoryLedger("one");
  private static final Layer A = Facts.layer("ns/a@1.0.0");
  private static final Layer B = Facts.layer("ns/b@1.0.0");
  private static final Layer C = Facts.layer("ns/c@1.0.0");
  private static final Layer D = Facts.layer("ns/d@1.0.0");
  private static final Layer E = Facts.layer("ns/e@1.0.0");
  private static final Layer HIDDEN =
      Facts.layer("ns/hidden@1.0.0", "bob", sharing(Sharing.Visibility.PRIVATE));
  private static final Layer SHARED =
      Facts.layer("ns/shared@1.0.0", "bob", sharing(Sharing.Visibility.WHITELIST, "eve"));

  private static Driver driver;
  private static LineageQueries lineage;

  @BeforeAll
  static void project() {
    driver = Neo4j.empty();
    for (Layer layer : List.of(A, B, C, D, E, HIDDEN, SHARED)) {
      Facts.publish(LEDGER, layer);
    }
    evolved(A, B);
    evolved(B, C);
    evolved(C, D);
    evolved(A, HIDDEN);
    evolved(HIDDEN, E);
    evolved(A, SHARED);
    List<Layer> rung = List.of(ladder(0, 0), ladder(0, 1));
    for (int i = 1; i < RUNGS; i++) {
      List<Layer> next = List.of(ladder(i, 0), ladder(i, 1));
      for (Layer child : rung) {
        next.forEach(parent -> evolved(child, parent));
      }
      rung = next;
    }
    Facts.claim(LEDGER, Facts.conflicts(B, A));
    Facts.claim(LEDGER, Facts.depends(HIDDEN, A));
    try (Projector projector = Projector.start(driver, LEDGER, ProjectorSettings.DEFAULT)) {
      projector.wake(LEDGER.head());
      assertThat(projector.awaitVisible(LEDGER.head(), Duration.ofSeconds(60))).isTrue();
    }
    Neo4j.run(
        driver,
        "MATCH (a:Layer {name: 'ns/a@1.0.0'}), (e:Layer {name: 'ns/e@1.0.0'})"
            + " CREATE (a)-[:EVOLVED_FROM]->(e)");
    lineage = new LineageQueries(driver, Duration.ofSeconds(30));
  }

  @AfterAll
  static void close() {
    driver.close();
  }

  @Test
  void ancestorsStopAtTheRequestedDepth() {
    assertThat(names(lineage.ancestors(A.name(), 1, ADA))).containsExactly("ns/b@1.0.0");
    Family family = lineage.ancestors(A.name(), 2, ADA);
    assertThat(names(family)).containsExactly("ns/b@1.0.0", "ns/c@1.0.0");
    assertThat(family.nodes()).extracting(LayerNode::depth).containsExactly(1, 2);
    assertThat(family.root().name()).isEqualTo(A.name());
    assertThat(family.root().digest()).isEqualTo(LayerJson.digest(A));
    assertThat(family.edges())
        .extracting(LayerRelation::from, LayerRelation::to)
        .containsExactlyInAnyOrder(tuple(A.name(), B.name()), tuple(B.name(), C.name()));
    assertThat(family.truncated()).isFalse();
  }

  @Test
  void descendantsGoTheOtherWayAndArrowsStillPointToTheParent() {
    Family family = lineage.descendants(C.name(), 64, ADA);
    assertThat(names(family)).containsExactly("ns/b@1.0.0", "ns/a@1.0.0");
    assertThat(family.edges())
        .extracting(LayerRelation::from, LayerRelation::to)
        .containsExactlyInAnyOrder(tuple(B.name(), C.name()), tuple(A.name(), B.name()));
  }

  @Test
  void anArrowCarriesTheClaimsIdAndPropertiesAsTheClaimHasThem() {
    LayerRelation arrow = lineage.ancestors(A.name(), 1, ADA).edges().getFirst();
    assertThat(arrow.type()).isEqualTo(Relationship.Kind.EVOLVED_FROM);
    assertThat(arrow.claim()).isEqualTo(Facts.id(Facts.evolved(A, B)));
    assertThat(arrow.properties())
        .isEqualTo(
            Map.of(
                "assertedBy", "ada",
                "at", "2026-03-03T12:00:00.123Z",
                "evolutionType", "finetune",
                "confidence", 0.9,
                "improvementMetrics", Map.of("latency", -3.0, "mteb.retrieval", 0.5168)));
  }

  @Test
  void whatTheViewerMayNotSeeIsNotThereNorIsWhatLiesBehindIt() {
    assertThat(names(lineage.ancestors(A.name(), 64, ADA)))
        .containsExactly("ns/b@1.0.0", "ns/c@1.0.0", "ns/d@1.0.0");
    assertThat(names(lineage.ancestors(A.name(), 64, EVE))).contains("ns/shared@1.0.0");
    assertThat(names(lineage.ancestors(A.name(), 64, ADMIN)))
        .contains("ns/shared@1.0.0", "ns/hidden@1.0.0", "ns/e@1.0.0");
    assertThat(names(lineage.ancestors(A.name(), 64, new Viewer("bob", false))))
        .contains("ns/hidden@1.0.0", "ns/e@1.0.0");
    assertNotFound(() -> lineage.ancestors(HIDDEN.name(), 1, ADA));
    assertNotFound(() -> lineage.relations(HIDDEN.name(), EVE));
    assertNotFound(() -> lineage.descendants(LayerName.parse("ns/none@1.0.0"), 1, ADMIN));
  }

  @Test
  void relationsAreAllArrowsOfALayerInBothDirections() {
    assertThat(lineage.relations(A.name(), ADA))
        .extracting(LayerRelation::type, LayerRelation::from, LayerRelation::to)
        .containsExactly(
            tuple(Relationship.Kind.CONFLICTS_WITH, B.name(), A.name()),
            tuple(Relationship.Kind.EVOLVED_FROM, A.name(), B.name()));
    assertThat(lineage.relations(A.name(), ADMIN)).hasSize(5);
  }

  @Test
  void aDagWithABillionPathsIsSearchedOnceANode() {
    Family family = lineage.ancestors(LayerName.parse("ladder/l0-0@1.0.0"), 64, ADA);
    assertThat(family.nodes()).hasSize(2 * (RUNGS - 1));
    assertThat(family.nodes().getLast().depth()).isEqualTo(RUNGS - 1);
    assertThat(family.edges()).hasSize(2 + 4 * (RUNGS - 2));
  }

  @Test
  void aDepthOutOfRangeIsRefused() {
    for (int depth : new int[] {0, -1, 65}) {
      assertThatThrownBy(() -> lineage.ancestors(A.name(), depth, ADA))
          .isInstanceOfSatisfying(
              GermlineException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_REQUEST));
    }
  }

  private static void assertNotFound(Runnable query) {
    assertThatThrownBy(query::run)
        .isInstanceOfSatisfying(
            GermlineException.class, e -> assertThat(e.fault()).isEqualTo(Fault.LAYER_NOT_FOUND));
  }

  @Test
  void manyLayersAreAnsweredByOneStatementAsEachIsAlone() {
    ManyLineages many = new ManyLineages(driver, Duration.ofSeconds(30));
    LayerName top = LayerName.parse("ladder/l0-0@1.0.0");
    List<LayerName> asked =
        List.of(A.name(), D.name(), E.name(), top, HIDDEN.name(), LayerName.parse("no/one@1.0.0"));
    for (Viewer viewer : List.of(ADA, EVE, ADMIN)) {
      for (int depth : new int[] {1, 2, 64}) {
        Map<LayerName, Family> up = many.ancestors(asked, depth, viewer);
        Map<LayerName, Family> down = many.descendants(asked, depth, viewer);
        assertThat(up.keySet()).isEqualTo(down.keySet()).hasSize(viewer.admin() ? 5 : 4);
        up.forEach((layer, family) -> {
          Family alone = lineage.ancestors(layer, depth, viewer);
          assertThat(family.nodes()).isEqualTo(alone.nodes());
          assertThat(family.edges()).containsExactlyInAnyOrderElementsOf(alone.edges());
        });
        down.forEach((layer, family) ->
            assertThat(family.nodes())
                .isEqualTo(lineage.descendants(layer, depth, viewer).nodes()));
      }
      many.relations(asked, viewer)
          .forEach((layer, relations) ->
              assertThat(relations).isEqualTo(lineage.relations(layer, viewer)));
      many.siblings(asked, viewer)
          .forEach(
              (layer, siblings) -> assertThat(siblings).isEqualTo(lineage.siblings(layer, viewer)));
    }
    assertThat(many.relations(asked, ADA)).containsKeys(A.name(), D.name()).hasSize(4);
    assertThat(many.siblings(asked, ADMIN).get(D.name())).isEmpty();
  }

  @Test
  void noQuestionAboutManyLayersScans() {
    for (CypherFile file :
        List.of(
            CypherFile.ANCESTORS,
            CypherFile.DESCENDANTS,
            CypherFile.RELATIONS,
            CypherFile.SIBLINGS)) {
      Map<String, Object> parameters = LineageRows.parameters(ADA);
      parameters.putAll(Map.of("names", List.of("a"), "most", 1, "limit", 1, "depth", 1));
      try (Session session = driver.session()) {
        String plan =
            session
                .run("EXPLAIN " + ManyLineages.forEach(file.statement()), parameters)
                .consume()
                .queryPlan()
                .orElseThrow()
                .toString();
        assertThat(plan).as(file.path()).contains("NodeUniqueIndexSeek").doesNotContain("Scan");
      }
    }
  }

  private static List<String> names(Family family) {
    List<String> names = new ArrayList<>();
    family.nodes().forEach(node -> names.add(node.name().toString()));
    return names;
  }

  private static Layer ladder(int rung, int side) {
    Layer layer = Facts.layer("ladder/l" + rung + "-" + side + "@1.0.0");
    Facts.publish(LEDGER, layer);
    return layer;
  }

  private static void evolved(Layer child, Layer parent) {
    Facts.claim(LEDGER, Facts.evolved(child, parent));
  }

  private static Sharing sharing(Sharing.Visibility visibility, String... users) {
    return new Sharing(visibility, List.of(users), null);
  }
}
