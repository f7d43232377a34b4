package dev.germline.graph.audit;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.graph.GraphSchema;
import dev.germline.graph.audit.Comparison.Report;
import dev.germline.graph.audit.GraphReader.FoundArrow;
import dev.germline.graph.audit.GraphReader.FoundNode;
import dev.germline.graph.projection.Arrow;
import dev.germline.graph.projection.CommittedDiff;
import dev.germline.graph.projection.GraphPosition;
import dev.germline.graph.projection.LedgerFeed;
import dev.germline.graph.projection.Node;
import dev.germline.graph.projection.Position;
import dev.germline.graph.projection.Relation;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Session;

/**
 * Compares the graph with what the ledger demands: every node, label, property, relation and arrow,
 * its schema, and whatever else somebody put into the graph. Memory is bounded by page sizes, not
 * by contents.
 *
 * <p>Nothing is held still meanwhile: commits and projection go on, and what they touch between
 * start and end of the audit is not judged. Thread-safe.
 */
public final class GraphAudit {
  /** Findings listed at most. */
  public static final int MAX_FINDINGS = 1_000;

  /** An audit of a graph that lags by more diffs than this would judge too little. */
  public static final int MAX_LAG = 10_000;

  private static final int DIFFS = 1_000;

  private final Driver driver;
  private final LedgerFeed feed;

  public GraphAudit(Driver driver, LedgerFeed feed) {
    this.driver = driver;
    this.feed = feed;
  }

  /**
   * Runs the whole comparison in the calling thread.
   *
   * @param snapshots opens a snapshot of the ledger as it is when called, once; it is closed here
   * @throws GermlineException PROJECTION_BEHIND if the graph is being rebuilt, or lags by more than
   *     {@value #MAX_LAG} diffs
   */
  public AuditReport run(Supplier<? extends LedgerSnapshot> snapshots) {
    Suspects suspects = new Suspects(MAX_FINDINGS);
    Optional<Position> start = GraphPosition.read(driver);
    try (LedgerSnapshot snapshot = snapshots.get();
        Session session = driver.session()) {
      Position from = judge(start, snapshot.sequence(), suspects);
      GraphReader graph = new GraphReader(session, suspects);
      ExpectedGraph ledger = new ExpectedGraph(snapshot);
      long nodes = compareNodes(ledger, graph, suspects);
      long relations = compareRelations(ledger, graph, suspects);
      graph.strangers(MAX_FINDINGS);
      GraphSchema.differences(session).forEach(suspects::schema);
      excuse(suspects, from, snapshot.sequence());
      return new AuditReport(
          snapshot.sequence(), nodes, relations, suspects.findings(), suspects.overflowed());
    }
  }

  /** Where to count diffs from: the start of the ledger if the graph's position means nothing. */
  private Position judge(Optional<Position> start, long sequence, Suspects suspects) {
    if (start.isEmpty()) {
      suspects.position(Finding.Kind.MISSING, "the graph does not say which diff it shows");
      return Position.START;
    }
    Position position = start.get();
    if (position.sequence() > sequence) {
      suspects.position(
          Finding.Kind.DIFFERENT,
          "the graph shows ledger sequence %d, the ledger ends at %d"
              .formatted(position.sequence(), sequence));
      return position;
    }
    if (sequence - position.sequence() > MAX_LAG) {
      throw new GermlineException(
          Fault.PROJECTION_BEHIND,
          "the graph shows ledger sequence %d of %d; audit it when it has caught up"
              .formatted(position.sequence(), sequence));
    }
    if (position.sequence() > 0) {
      List<CommittedDiff> there = feed.readAfter(position.sequence() - 1, 1);
      if (there.isEmpty() || !there.getFirst().position().equals(position)) {
        suspects.position(
            Finding.Kind.DIFFERENT,
            "the graph shows record %s at sequence %d, the ledger has another"
                .formatted(position.record(), position.sequence()));
      }
    }
    return position;
  }

  private static long compareNodes(ExpectedGraph ledger, GraphReader graph, Suspects suspects) {
    var comparison =
        new Comparison<String, Node, FoundNode>(
            graph.nodes(),
            GraphAudit::difference,
            new Report<>() {
              @Override
              public void missing(String id, Node expected) {
                suspects.node(
                    Finding.Kind.MISSING, id, "labels " + new TreeSet<>(expected.labels()));
              }

              @Override
              public void unexpected(String id, FoundNode found) {
                suspects.node(Finding.Kind.UNEXPECTED, id, "labels " + found.labels());
              }

              @Override
              public void different(String id, Node expected, FoundNode found, String what) {
                suspects.node(Finding.Kind.DIFFERENT, id, what);
              }
            });
    ledger.nodes(node -> comparison.expect(node.id().toString(), node));
    comparison.finish();
    return comparison.seen();
  }

  private static long compareRelations(ExpectedGraph ledger, GraphReader graph, Suspects suspects) {
    var relations =
        new Comparison<RelationKey, Relation, Map<String, Object>>(
            graph.relations(),
            (expected, found) -> difference(expected.properties(), found),
            new Report<>() {
              @Override
              public void missing(RelationKey key, Relation expected) {
                suspects.relation(Finding.Kind.MISSING, key, "");
              }

              @Override
              public void unexpected(RelationKey key, Map<String, Object> found) {
                suspects.relation(
                    Finding.Kind.UNEXPECTED, key, "properties " + new TreeMap<>(found).keySet());
              }

              @Override
              public void different(
                  RelationKey key, Relation expected, Map<String, Object> found, String what) {
                suspects.relation(Finding.Kind.DIFFERENT, key, what);
              }
            });
    var arrows =
        new Comparison<ArrowKey, Arrow, FoundArrow>(
            graph.arrows(),
            GraphAudit::difference,
            new Report<>() {
              @Override
              public void missing(ArrowKey key, Arrow expected) {
                suspects.arrow(
                    Finding.Kind.MISSING,
                    key,
                    ends(expected),
                    "from %s to %s".formatted(expected.subject(), expected.object()));
              }

              @Override
              public void unexpected(ArrowKey key, FoundArrow found) {
                suspects.arrow(
                    Finding.Kind.UNEXPECTED,
                    key,
                    Set.of(),
                    "from %s to %s".formatted(found.source(), found.target()));
              }

              @Override
              public void different(ArrowKey key, Arrow expected, FoundArrow found, String what) {
                suspects.arrow(Finding.Kind.DIFFERENT, key, ends(expected), what);
              }
            });
    ledger.relations(
        relation -> relations.expect(ExpectedGraph.key(relation), relation),
        arrow -> arrows.expect(new ArrowKey(arrow.claim().toString(), arrow.type().name()), arrow));
    relations.finish();
    arrows.finish();
    return relations.seen() + arrows.seen();
  }

  private static Set<String> ends(Arrow arrow) {
    Set<String> ends = new HashSet<>();
    ends.add(arrow.subject().toString());
    ends.add(arrow.object().toString());
    return ends;
  }

  private static String difference(Node expected, FoundNode found) {
    Set<String> labels = new TreeSet<>(expected.labels());
    labels.add("Entity");
    String inLabels =
        labels.equals(found.labels())
            ? ""
            : "labels " + found.labels() + " instead of " + labels + "; ";
    return inLabels + difference(expected.properties(), found.properties());
  }

  private static String difference(Arrow expected, FoundArrow found) {
    String inEnds =
        expected.subject().toString().equals(found.source())
                && expected.object().toString().equals(found.target())
            ? ""
            : "from %s to %s instead of from %s to %s; "
                .formatted(found.source(), found.target(), expected.subject(), expected.object());
    return inEnds + difference(expected.properties(), found.properties());
  }

  /** Names the properties that differ, not their values: a finding may be seen by more people. */
  private static String difference(Map<String, Object> expected, Map<String, Object> found) {
    Set<String> keys = new TreeSet<>(expected.keySet());
    keys.addAll(found.keySet());
    keys.removeIf(key -> Objects.equals(expected.get(key), found.get(key)));
    return keys.isEmpty() ? "" : "properties " + keys + " differ";
  }

  /** Passes over every diff that may or may not have been applied while the sides were read. */
  private void excuse(Suspects suspects, Position from, long snapshotSequence) {
    Position now = GraphPosition.read(driver).orElse(from);
    if (now.sequence() < from.sequence()) {
      throw GraphPosition.beingRebuilt();
    }
    long to = Math.max(now.sequence(), snapshotSequence);
    long read = from.sequence();
    while (read < to) {
      List<CommittedDiff> some = feed.readAfter(read, DIFFS);
      if (some.isEmpty()) {
        return;
      }
      some.forEach(diff -> suspects.excuse(diff.diff()));
      read = some.getLast().sequence();
    }
  }
}
