package dev.germline.app.ledger;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.ledger.DeviceKey;
import dev.germline.core.ledger.SignedStateRoot;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way by which facts come to be (docs/adr/0001). Writers from any thread hand in
 * submissions; one thread carries all that are waiting into the next signed state root. Several
 * processes may write to the same stores: each commit locks the chain's head and first follows what
 * the others did.
 */
public final class Ledger implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

  /** How often a commit is tried while MySQL deadlocks, restarts or drops the connection. */
  private static final int ATTEMPTS = 4;

  private final GroupCommit commits;
  private final LedgerSettings settings;
  private final LongSupplier projected;
  private final LongConsumer onCommit;
  private final BlockingQueue<Waiting> waiting;
  private final Thread thread;
  private volatile Head head;
  private volatile boolean closed;

  private record Waiting(Submission submission, CompletableFuture<Commit> commit) {}

  private Ledger(
      GroupCommit commits,
      LedgerSettings settings,
      Head head,
      LongSupplier projected,
      LongConsumer onCommit) {
    this.commits = commits;
    this.settings = settings;
    this.projected = projected;
    this.onCommit = onCommit;
    this.waiting = new LinkedBlockingQueue<>(settings.maxWaiting());
    this.head = head;
    this.thread = Thread.ofPlatform().name("ledger").unstarted(this::run);
  }

  /**
   * Loads the chain's end and starts committing.
   *
   * @param projected the sequence the graph has reached, to bound its lag
   * @param onCommit told of every new head
   * @throws GermlineException CHAIN_BROKEN if the stored entities are not what the last record
   *     signed, STORE_UNAVAILABLE if MySQL does not answer
   */
  public static Ledger open(
      DataSource dataSource,
      DeviceKey device,
      Clock clock,
      LedgerSettings settings,
      LongSupplier projected,
      LongConsumer onCommit) {
    GroupCommit commits = new GroupCommit(dataSource, device, clock);
    try {
      try (Connection connection = dataSource.getConnection()) {
        ChainTable.putDevice(connection, device.verifier());
      }
      Ledger ledger = new Ledger(commits, settings, commits.load(), projected, onCommit);
      ledger.thread.start();
      return ledger;
    } catch (SQLException failure) {
      throw unavailable(failure);
    }
  }

  /**
   * Makes a submission true: when this returns it is durable, signed, and will reach the graph.
   *
   * @throws GermlineException what was wrong with the submission (nothing of it is stored);
   *     OVERLOADED, PROJECTION_BEHIND or STORE_UNAVAILABLE if it could not be taken on. After
   *     STORE_UNAVAILABLE the same submission may be repeated: what is there already stays as it is
   */
  public Commit commit(Submission submission) {
    long lag = head.sequence() - projected.getAsLong();
    if (lag > settings.maxProjectionLag()) {
      throw new GermlineException(
          Fault.PROJECTION_BEHIND,
          "the graph is %d commits behind the ledger (limit %d): is Neo4j down? Try again later"
              .formatted(lag, settings.maxProjectionLag()));
    }
    Waiting mine = new Waiting(submission, new CompletableFuture<>());
    if (closed || !waiting.offer(mine)) {
      throw new GermlineException(
          Fault.OVERLOADED,
          "%d writes are waiting already; try again shortly".formatted(settings.maxWaiting()));
    }
    try {
      return mine.commit().get(settings.commitTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      // A new exception, so that the stack shows the caller and not only the ledger's thread.
      throw failed.getCause() instanceof GermlineException wrong
          ? new GermlineException(wrong.fault(), wrong.detail(), wrong)
          : new GermlineException(Fault.INTERNAL, "the commit failed", failed.getCause());
    } catch (TimeoutException late) {
      throw new GermlineException(
          Fault.STORE_UNAVAILABLE,
          "the commit took longer than %s and may still happen; repeat the request"
              .formatted(settings.commitTimeout()),
          late);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new GermlineException(
          Fault.STORE_UNAVAILABLE, "interrupted while waiting for the commit", stopped);
    }
  }

  /** The chain's end as this process last saw it. */
  public Head head() {
    return head;
  }

  /** The chain's end with what other processes have committed until now. */
  public Head refresh() {
    try {
      return advance(commits.catchUp(head));
    } catch (SQLException failure) {
      throw unavailable(failure);
    }
  }

  private void run() {
    List<Waiting> group = new ArrayList<>();
    while (!closed || !waiting.isEmpty()) {
      try {
        Waiting first = waiting.poll(100, TimeUnit.MILLISECONDS);
        if (first == null) {
          continue;
        }
        group.add(first);
        waiting.drainTo(group, settings.maxGroup() - 1);
        commit(group);
      } catch (InterruptedException stopped) {
        closed = true;
      } catch (RuntimeException defect) {
        LOG.error("a commit failed", defect);
        group.forEach(w -> w.commit().completeExceptionally(defect));
      }
      group.clear();
    }
  }

  private void commit(List<Waiting> group) throws InterruptedException {
    List<Submission> submissions = group.stream().map(Waiting::submission).toList();
    GroupCommit.Attempt attempt = new GroupCommit.Attempt();
    for (int tried = 1; ; tried++) {
      try {
        settle(group, commits.commit(head, submissions, attempt));
        return;
      } catch (SQLException failure) {
        if (tried == ATTEMPTS || !mayPass(failure)) {
          LOG.warn("MySQL refused a commit {} times: {}", tried, failure.toString());
          GermlineException unavailable = unavailable(failure);
          group.forEach(w -> w.commit().completeExceptionally(unavailable));
          return;
        }
        LOG.info("a commit is repeated: {}", failure.toString());
        Thread.sleep(50L << tried);
      }
    }
  }

  private void settle(List<Waiting> group, GroupCommit.Outcome outcome) {
    advance(outcome.head());
    SignedStateRoot record = outcome.committed();
    for (int i = 0; i < group.size(); i++) {
      GermlineException wrong = outcome.refused().get(i);
      CompletableFuture<Commit> commit = group.get(i).commit();
      if (wrong != null) {
        commit.completeExceptionally(wrong);
      } else if (record != null) {
        commit.complete(
            new Commit(record.root().sequence(), record.root().hash(), record.root().recordHash()));
      }
    }
  }

  /** Readers refresh while the ledger's thread commits: the later head wins. */
  private synchronized Head advance(Head next) {
    if (next.sequence() > head.sequence()) {
      head = next;
      onCommit.accept(next.sequence());
    }
    return head;
  }

  /** Deadlocks, lost connections and a server that restarts pass; a broken statement does not. */
  private static boolean mayPass(SQLException failure) {
    String state = failure.getSQLState();
    return failure instanceof SQLTransientException
        || state == null
        || state.startsWith("08")
        || state.startsWith("40")
        || state.startsWith("HY");
  }

  private static GermlineException unavailable(SQLException failure) {
    return new GermlineException(
        Fault.STORE_UNAVAILABLE,
        "MySQL does not answer now; repeat the request shortly (what was stored stays stored)",
        failure);
  }

  /** Takes no more submissions, commits those that wait, and ends. */
  @Override
  public void close() {
    closed = true;
    try {
      thread.join(settings.commitTimeout());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
