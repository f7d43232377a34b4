package dev.germline.graph.projection;

import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityId;
import dev.germline.graph.GraphSchema;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Session;
import org.neo4j.driver.Transaction;
import org.neo4j.driver.TransactionConfig;
import org.neo4j.driver.exceptions.Neo4jException;

/**
 * The steps of a projector, each of which may fail with any exception and be taken again. Used by
 * one thread.
 */
final class Projection {
  /** For a Neo4j that has just started and is slow until its compilers have seen the statements. */
  private static final int FIRST_CHANGES = 1_000;

  /** A transaction is slow from this part of a stall on, and quick below that one. */
  private static final int SLOW = 4;

  private static final int QUICK = 16;

  private final Driver driver;
  private final LedgerFeed feed;
  private final ProjectorSettings settings;
  private final TransactionConfig transactions;

  /** Diffs that were read and did not fit into one transaction. */
  private List<CommittedDiff> ahead = List.of();

  /** Changes of the next transaction: more after a quick one, fewer after a slow one. */
  private int maxChanges;

  Projection(Driver driver, LedgerFeed feed, ProjectorSettings settings) {
    this.driver = driver;
    this.feed = feed;
    this.settings = settings;
    this.transactions =
        TransactionConfig.builder().withTimeout(settings.transactionTimeout()).build();
    this.maxChanges = Math.min(FIRST_CHANGES, settings.maxChanges());
  }

  /** Makes the graph ready to be written, and says how far it is. */
  Position prepare() {
    // First: what somebody put into the graph may break a constraint that they dropped.
    finishRebuild();
    GraphSchema.ensure(driver);
    PositionNode.create(driver);
    return observe();
  }

  /**
   * How far the graph is, having finished a rebuild if one was asked for.
   *
   * @throws Diverged if that is not a place in this ledger
   */
  Position observe() {
    if (!finishRebuild()) {
      return Position.START;
    }
    try (Session session = driver.session()) {
      PositionNode.State state = PositionNode.read(session);
      requireInLedger(state.position());
      return state.position();
    }
  }

  /**
   * Empties the graph if a rebuild was asked for, and makes its schema anew.
   *
   * @return false if this thread is interrupted before the end
   */
  private boolean finishRebuild() {
    try (Session session = driver.session()) {
      boolean cleared = false;
      while (isClearing(session)) {
        if (!cleared) {
          GraphSchema.clearForeign(session);
        }
        while (GraphRebuild.clearSome(session, transactions)) {
          if (Thread.currentThread().isInterrupted()) {
            return false;
          }
        }
        cleared = true;
      }
      if (cleared) {
        GraphSchema.ensure(driver);
      }
      return true;
    }
  }

  private static boolean isClearing(Session session) {
    return PositionNode.find(session)
        .map(state -> state.mode() == PositionNode.Mode.CLEARING)
        .orElse(false);
  }

  /** The diffs that follow; none if the graph shows the whole ledger. */
  List<CommittedDiff> next(Position applied) {
    long done = ahead.isEmpty() ? 0 : applied.sequence() + 1 - ahead.getFirst().sequence();
    if (done < 0 || done >= ahead.size()) {
      ahead = read(applied.sequence());
      done = 0;
    }
    return ahead.subList((int) done, ahead.size());
  }

  private List<CommittedDiff> read(long sequence) {
    List<CommittedDiff> diffs = feed.readAfter(sequence, settings.maxDiffs());
    long expected = sequence;
    for (CommittedDiff diff : diffs) {
      if (diff.sequence() != ++expected) {
        throw new IllegalStateException(
            "the ledger gave diff " + diff.sequence() + " where " + expected + " follows");
      }
    }
    return diffs;
  }

  /**
   * Applies the first of these diffs, as many as fit one transaction.
   *
   * @return how far the graph then is, which is farther or elsewhere if another projector was there
   *     first
   */
  Position apply(Position applied, List<CommittedDiff> diffs) {
    long began = System.nanoTime();
    try {
      Position reached = applyOnce(applied, diffs);
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      if (took.multipliedBy(SLOW).compareTo(settings.stall()) > 0) {
        maxChanges = Math.max(1, maxChanges / 2);
      } else if (took.multipliedBy(QUICK).compareTo(settings.stall()) < 0) {
        maxChanges = (int) Math.min(settings.maxChanges(), 2L * maxChanges);
      }
      return reached;
    } catch (Neo4jException e) {
      if (e.code().contains("OutOfMemory")) {
        maxChanges = Math.max(1, maxChanges / 4);
      }
      throw e;
    }
  }

  private Position applyOnce(Position applied, List<CommittedDiff> diffs) {
    NetChanges net = new NetChanges();
    Position target = applied;
    long size = 0;
    for (CommittedDiff diff : diffs) {
      size += NetChanges.size(diff.diff());
      if (size > maxChanges && !target.equals(applied)) {
        break;
      }
      net.add(diff.diff());
      target = diff.position();
    }
    // Read before the lock is taken; only what the graph must be asked for comes later.
    Map<Digest, byte[]> contents = new HashMap<>(read(net.recordsNeeded(Map.of()), Set.of()));
    try (Session session = driver.session();
        Transaction tx = session.beginTransaction(transactions)) {
      PositionNode.State state = PositionNode.lock(tx);
      if (state.mode() == PositionNode.Mode.FOLLOWING && state.position().equals(applied)) {
        GraphWriter writer = new GraphWriter(tx);
        Map<EntityId, Digest> sources = writer.contentHashes(net.missingSources());
        contents.putAll(read(net.recordsNeeded(sources), contents.keySet()));
        writer.write(net.translate(sources, new Records(contents)));
        PositionNode.write(tx, target, PositionNode.Mode.FOLLOWING);
        tx.commit();
        return target;
      }
    }
    return observe();
  }

  private Map<Digest, byte[]> read(Set<Digest> needed, Set<Digest> known) {
    if (needed.isEmpty() || known.containsAll(needed)) {
      return Map.of();
    }
    return feed.contents(needed);
  }

  private void requireInLedger(Position position) {
    if (position.equals(Position.START)) {
      return;
    }
    List<CommittedDiff> there =
        position.sequence() < 1 ? List.of() : feed.readAfter(position.sequence() - 1, 1);
    if (there.isEmpty()) {
      throw new Diverged(
          "the graph shows ledger sequence %d, which this ledger has not reached"
              .formatted(position.sequence()));
    }
    if (!there.getFirst().position().equals(position)) {
      throw new Diverged(
          "the graph shows record %s at ledger sequence %d, where this ledger has %s"
              .formatted(position.record(), position.sequence(), there.getFirst().recordHash()));
    }
  }
}
