package dev.germline.graph.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.germline.core.GermlineException;
import dev.germline.core.layers.LayerName;
import dev.germline.graph.MemoryLedger;
import dev.germline.graph.Neo4j;
import dev.germline.graph.projection.Projector;
import dev.germline.graph.projection.ProjectorSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.neo4j.driver.Driver;

/**
 * Every question about a random forest, part of it private and asserted over a year, beside the
 * answer that plain loops over its arrows give; for several viewers and moments.
 */
@Timeout(180)
class RandomForestIT {
  private static final long SEED = 20_260_303;
  private static final int QUESTIONS = 20;

  private static final Forest FOREST = new Forest(SEED, 90);
  private static final Random RANDOM = new Random(SEED);

  private static Driver driver;
  private static LineageQueries lineage;

  @BeforeAll
  static void project() {
    driver = Neo4j.empty();
    MemoryLedger ledger = new MemoryLedger("forest");
    FOREST.publish(ledger);
    try (Projector projector = Projector.start(driver, ledger, ProjectorSettings.DEFAULT)) {
      projector.wake(ledger.head());
      assertThat(projector.awaitVisible(ledger.head(), Duration.ofSeconds(90))).isTrue();
    }
    lineage = new LineageQueries(driver, Duration.ofSeconds(30));
  }

  @AfterAll
  static void close() {
    driver.close();
  }

  @Test
  void ancestorsAndDescendantsAreThoseOfPlainLoops() {
    for (int i = 0; i < QUESTIONS; i++) {
      Viewer viewer = viewer();
      Forest.Seen seen = FOREST.seen(viewer);
      LayerName layer = layer(seen);
      int depth = 1 + RANDOM.nextInt(RANDOM.nextBoolean() ? 3 : 64);
      Family up = lineage.ancestors(layer, depth, viewer);
      assertThat(depths(up))
          .as("up %s %s %s", layer, depth, viewer)
          .isEqualTo(seen.reached(layer, depth, true));
      assertThat(arrows(up)).isEqualTo(seen.arrows(layer, depth, true));
      Family down = lineage.descendants(layer, depth, viewer);
      assertThat(depths(down))
          .as("down %s %s %s", layer, depth, viewer)
          .isEqualTo(seen.reached(layer, depth, false));
      assertThat(arrows(down)).isEqualTo(seen.arrows(layer, depth, false));
    }
  }

  @Test
  void whatIsHiddenOrNotYetThereIsNotFound() {
    int hidden = 0;
    for (LayerName layer : FOREST.names()) {
      Viewer viewer = viewer();
      if (!FOREST.seen(viewer).has(layer)) {
        hidden++;
        for (Runnable question :
            List.<Runnable>of(
                () -> lineage.ancestors(layer, 3, viewer),
                () -> lineage.descendants(layer, 3, viewer),
                () -> lineage.relations(layer, viewer),
                () -> lineage.siblings(layer, viewer),
                () -> lineage.blast(layer, 3, 0, 10, viewer),
                () -> lineage.path(layer, layer, viewer),
                () -> lineage.commonAncestors(Set.of(layer), viewer))) {
          assertThatThrownBy(question::run)
              .isInstanceOf(GermlineException.class)
              .hasMessageContaining("there is no layer");
        }
      }
    }
    assertThat(hidden).isPositive();
  }

  @Test
  void siblingsShareAParentOneMaySee() {
    for (int i = 0; i < QUESTIONS; i++) {
      Viewer viewer = viewer();
      Forest.Seen seen = FOREST.seen(viewer);
      LayerName layer = layer(seen);
      Map<LayerName, Set<LayerName>> siblings = new TreeMap<>();
      lineage
          .siblings(layer, viewer)
          .forEach(s -> siblings.put(s.layer().name(), Set.copyOf(s.parents())));
      assertThat(siblings).as("%s %s", layer, viewer).isEqualTo(seen.siblings(layer));
    }
  }

  @Test
  void commonAncestorsAreThoseOfBothAndTheNearestHaveNoneBelow() {
    for (int i = 0; i < QUESTIONS; i++) {
      Viewer viewer = viewer();
      Forest.Seen seen = FOREST.seen(viewer);
      LayerName a = layer(seen);
      LayerName b = layer(seen);
      Set<LayerName> asked = new HashSet<>(List.of(a, b));
      Map<LayerName, Integer> upA = seen.reachedWithSelf(a, true);
      Map<LayerName, Integer> upB = seen.reachedWithSelf(b, true);
      Set<LayerName> expected = new HashSet<>(upA.keySet());
      expected.retainAll(upB.keySet());
      Set<LayerName> found = new HashSet<>();
      Set<LayerName> nearest = new HashSet<>();
      for (CommonAncestor one : lineage.commonAncestors(asked, viewer)) {
        LayerName name = one.layer().name();
        found.add(name);
        assertThat(one.steps()).containsEntry(a, upA.get(name)).containsEntry(b, upB.get(name));
        if (one.nearest()) {
          nearest.add(name);
        }
      }
      assertThat(found).as("%s %s %s", a, b, viewer).isEqualTo(expected);
      assertThat(nearest).isEqualTo(seen.nearest(expected));
    }
  }

  @Test
  void aPathIsAsShortAsCanBeAndEachArrowIsThere() {
    for (int i = 0; i < QUESTIONS; i++) {
      Viewer viewer = viewer();
      Forest.Seen seen = FOREST.seen(viewer);
      LayerName a = layer(seen);
      LayerName b = layer(seen);
      Integer distance = seen.distance(a, b);
      var path = lineage.path(a, b, viewer);
      assertThat(path.map(p -> p.arrows().size()).orElse(null))
          .as("%s %s %s", a, b, viewer)
          .isEqualTo(distance);
      path.ifPresent(way -> {
        assertThat(way.layers().getFirst().name()).isEqualTo(a);
        assertThat(way.layers().getLast().name()).isEqualTo(b);
        for (int step = 0; step < way.arrows().size(); step++) {
          LayerRelation arrow = way.arrows().get(step);
          assertThat(Set.of(arrow.from(), arrow.to()))
              .isEqualTo(Set.of(way.layers().get(step).name(), way.layers().get(step + 1).name()));
        }
      });
    }
  }

  @Test
  void theBlastRadiusIsTheBestProductOnAnyPath() {
    for (int i = 0; i < QUESTIONS; i++) {
      Viewer viewer = viewer();
      Forest.Seen seen = FOREST.seen(viewer);
      LayerName layer = layer(seen);
      Map<LayerName, Double> impact = seen.impact(layer, false);
      Map<LayerName, Double> required = seen.impact(layer, true);
      List<BlastRadius.Hit> hits = new ArrayList<>();
      BlastRadius page;
      do {
        page = lineage.blast(layer, 64, hits.size(), 19, viewer);
        hits.addAll(page.hits());
      } while (!page.hits().isEmpty());
      assertThat(page.total()).isEqualTo(impact.size());
      assertThat(page.truncated()).isFalse();
      assertThat(hits)
          .extracting(hit -> hit.layer().name())
          .containsExactlyInAnyOrderElementsOf(impact.keySet());
      double last = 1;
      for (BlastRadius.Hit hit : hits) {
        LayerName name = hit.layer().name();
        assertThat(hit.impact())
            .isCloseTo(impact.get(name), within(1e-9))
            .isLessThanOrEqualTo(last);
        assertThat(hit.required())
            .as("%s of %s", name, layer)
            .isEqualTo(required.containsKey(name));
        last = hit.impact();
      }
    }
  }

  @Test
  void deadEndsAreWhatNothingOneMaySeeNeeds() {
    for (int i = 0; i < 8; i++) {
      Viewer viewer = viewer();
      List<LayerName> found = new ArrayList<>();
      List<LayerNode> page = List.of();
      do {
        LayerName after = page.isEmpty() ? null : page.getLast().name();
        page = lineage.deadEnds(null, after, 9, viewer);
        page.forEach(node -> found.add(node.name()));
      } while (!page.isEmpty());
      assertThat(found).containsExactlyElementsOf(FOREST.seen(viewer).deadEnds());
      assertThat(lineage.deadEnds("ns0", null, 1000, viewer))
          .extracting(node -> node.name().namespace())
          .containsOnly("ns0");
    }
  }

  private static Viewer viewer() {
    Instant asOf = RANDOM.nextInt(3) == 0 ? null : FOREST.moment(RANDOM);
    Viewer viewer =
        RANDOM.nextInt(5) == 0
            ? new Viewer("root", true, asOf)
            : new Viewer(Forest.PEOPLE.get(RANDOM.nextInt(Forest.PEOPLE.size())), false, asOf);
    return FOREST.seen(viewer).names().isEmpty() ? viewer() : viewer;
  }

  private static LayerName layer(Forest.Seen seen) {
    List<LayerName> all = seen.names();
    return all.get(RANDOM.nextInt(all.size()));
  }

  private static Map<LayerName, Integer> depths(Family family) {
    Map<LayerName, Integer> depths = new TreeMap<>();
    family.nodes().forEach(node -> depths.put(node.name(), node.depth()));
    return depths;
  }

  private static Set<List<LayerName>> arrows(Family family) {
    Set<List<LayerName>> arrows = new HashSet<>();
    family.edges().forEach(edge -> arrows.add(List.of(edge.from(), edge.to())));
    return arrows;
  }
}
