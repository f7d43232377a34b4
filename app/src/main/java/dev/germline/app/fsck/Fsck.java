package dev.germline.app.fsck;

import dev.germline.app.fsck.FsckReport.Checked;
import dev.germline.app.fsck.FsckReport.Finding;
import dev.germline.app.fsck.FsckReport.State;
import dev.germline.app.ledger.LedgerCheck;
import dev.germline.core.GermlineException;
import dev.germline.graph.audit.AuditReport;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recomputes the ledger, reads every content and compares the graph, in the background. One check
 * at a time; the last report is kept until the next one starts. Thread-safe.
 */
public final class Fsck {
  private static final Logger LOG = LoggerFactory.getLogger(Fsck.class);

  /** Findings kept; the others are only counted. */
  private static final int MAX_FINDINGS = 1_000;

  private final LedgerCheck ledger;
  private final Supplier<AuditReport> graph;
  private final Clock clock;
  private FsckReport report = FsckReport.IDLE;

  private long startedAt;
  private String phase = "";
  private Checked checked = Checked.NOTHING;
  private final List<Finding> findings = new ArrayList<>();
  private long findingCount;

  /**
   * A check that was not run yet.
   *
   * @param graph compares the graph with the ledger
   */
  public Fsck(LedgerCheck ledger, Supplier<AuditReport> graph, Clock clock) {
    this.ledger = ledger;
    this.graph = graph;
    this.clock = clock;
  }

  /** Starts a check, unless one is running; the report of the one that runs now. */
  public synchronized FsckReport start() {
    if (report.state() != State.RUNNING) {
      startedAt = clock.millis();
      checked = Checked.NOTHING;
      findings.clear();
      findingCount = 0;
      phase = "ledger";
      publish(State.RUNNING, null);
      Thread.ofPlatform().daemon().name("fsck").start(this::run);
    }
    return report;
  }

  /** The check that runs, or the last one. */
  public synchronized FsckReport report() {
    return report;
  }

  private void run() {
    try {
      LedgerCheck.Checked chain =
          ledger.run(this::foundInLedger, done -> progress(new Checked(0, done, 0, 0, 0)));
      progress(new Checked(chain.sequence(), chain.records(), chain.entities(), 0, 0));
      phase("graph");
      AuditReport audit = graph.get();
      audit
          .findings()
          .forEach(finding ->
              found(
                  "neo4j",
                  finding.element() + " " + finding.id(),
                  finding.kind() + ": " + finding.what()));
      progress(
          new Checked(
              chain.sequence(),
              chain.records(),
              chain.entities(),
              audit.nodes(),
              audit.relations()));
    } catch (GermlineException failure) {
      found(phase, "the check itself", "it could not be finished: " + failure.detail());
    } catch (RuntimeException failure) {
      LOG.error("fsck failed while checking the {}", phase, failure);
      found(phase, "the check itself", "it could not be finished; the server's log says why");
    } finally {
      synchronized (this) {
        publish(State.DONE, clock.millis());
      }
    }
  }

  private void foundInLedger(String subject, String what) {
    found("ledger", subject, what);
  }

  private synchronized void found(String store, String subject, String what) {
    findingCount++;
    if (findings.size() < MAX_FINDINGS) {
      findings.add(new Finding(store, subject, what));
    }
    LOG.warn("fsck: {}: {}: {}", store, subject, what);
  }

  private synchronized void progress(Checked now) {
    checked = now;
    publish(State.RUNNING, null);
  }

  private synchronized void phase(String next) {
    phase = next;
    publish(State.RUNNING, null);
  }

  private void publish(State state, @Nullable Long endedAt) {
    report =
        new FsckReport(
            state,
            startedAt,
            endedAt,
            state == State.RUNNING ? phase : null,
            checked,
            List.copyOf(findings),
            findingCount,
            state == State.DONE && findingCount == 0);
  }
}
