package dev.germline.app.ledger;

import dev.germline.app.ledger.ChainTable.Position;
import dev.germline.app.sql.Database;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.ledger.CognitiveDiff;
import dev.germline.core.ledger.DeviceKey;
import dev.germline.core.ledger.DiffCodec;
import dev.germline.core.ledger.Integrity;
import dev.germline.core.ledger.PendingView;
import dev.germline.core.ledger.SignedStateRoot;
import dev.germline.core.ledger.StateRoot;
import dev.germline.core.merkle.Changes;
import dev.germline.core.merkle.Forest;
import dev.germline.core.substrate.Digest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to commit a group of submissions as one state root, in one MySQL transaction. For the
 * ledger's thread only.
 */
final class GroupCommit {
  /**
   * How an attempt ended.
   *
   * @param head the chain's end after it, which another process may have made
   * @param committed the record that carries the group; null if none of it was right
   * @param refused what was wrong with a submission, by its place in the group; the others are
   *     committed
   */
  record Outcome(
      Head head, @Nullable SignedStateRoot committed, Map<Integer, GermlineException> refused) {}

  private static final int CATCH_UP_PAGE = 256;

  private final DataSource dataSource;
  private final DeviceKey device;
  private final Clock clock;

  GroupCommit(DataSource dataSource, DeviceKey device, Clock clock) {
    this.dataSource = dataSource;
    this.device = device;
    this.clock = clock;
  }

  /** The chain's end, read with all trees from MySQL and checked against its signed roots. */
  Head load() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      Database.beginLongWork(connection);
      // One snapshot for both reads, so that a commit of another process cannot come between.
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      try {
        Position position = ChainTable.readHead(connection);
        if (position.sequence() == 0) {
          return Head.EMPTY;
        }
        SignedStateRoot record =
            ChainTable.record(connection, position.sequence())
                .orElseThrow(() -> broken(position.sequence(), "its record is missing"));
        var builder = Forest.builder();
        SubstrateTables.scanTreeRows(connection, (row, body) -> builder.add(row));
        Forest forest = builder.build();
        if (!forest.roots().equals(record.root().roots())) {
          throw broken(
              position.sequence(),
              "the stored entities lead to %s, the signed record says %s"
                  .formatted(forest.roots().stateRoot(), record.root().hash()));
        }
        return new Head(position.sequence(), position.recordHash(), record, forest);
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      }
    }
  }

  /** The chain's end now: {@code known}, and whatever other processes have committed since. */
  Head catchUp(Head known) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return catchUp(connection, known, ChainTable.readHead(connection));
    }
  }

  /**
   * Commits those submissions of the group that are right.
   *
   * @param known the chain's end as last seen; may be behind
   * @param attempted the record an earlier attempt with the same group may or may not have
   *     committed before its connection failed; null at first
   */
  Outcome commit(Head known, List<Submission> group, Attempt attempted) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        Head before = catchUp(connection, known, ChainTable.lockHead(connection));
        SignedStateRoot landed = attempted.landed(connection);
        if (landed != null) {
          connection.rollback();
          return new Outcome(before, landed, attempted.refused());
        }
        Outcome outcome = commit(connection, before, group, attempted);
        connection.commit();
        return outcome;
      } catch (SQLException failure) {
        rollBack(connection, failure);
        throw Database.cause(connection, failure);
      } catch (RuntimeException failure) {
        rollBack(connection, failure);
        throw failure;
      } finally {
        if (!connection.isClosed()) {
          connection.setAutoCommit(true);
        }
      }
    }
  }

  private Outcome commit(
      Connection connection, Head before, List<Submission> group, Attempt attempt)
      throws SQLException {
    long sequence = before.sequence() + 1;
    PendingView pending = new PendingView(new StoredSubstrate(before.forest(), connection));
    Map<Integer, GermlineException> refused = new HashMap<>();
    Map<Digest, byte[]> contents = new HashMap<>();
    for (int i = 0; i < group.size(); i++) {
      Submission submission = group.get(i);
      try {
        accept(connection, sequence, pending, submission);
        contents.putAll(submission.contents());
      } catch (GermlineException wrong) {
        refused.put(i, wrong);
      }
    }
    if (refused.size() == group.size()) {
      return new Outcome(before, null, refused);
    }
    Changes changes = pending.changes();
    Forest forest = before.forest().apply(changes);
    SignedStateRoot record = device.sign(next(before.root(), forest));
    Digest previous = before.forest().roots().stateRoot();
    byte[] diff = DiffCodec.encode(CognitiveDiff.of(changes, previous, record.root()));

    SubstrateTables.putContents(connection, contents);
    SubstrateTables.removeEntities(connection, changes.removals());
    SubstrateTables.putEntities(connection, changes.upserts());
    SubstrateTables.putModels(connection, changes.upserts());
    ChainTable.append(connection, record, diff);
    Digest recordHash = record.root().recordHash();
    attempt.begin(sequence, recordHash, refused);
    return new Outcome(new Head(sequence, recordHash, record, forest), record, refused);
  }

  /** Checks one submission and writes its rows, or leaves no trace of it. */
  private static void accept(
      Connection connection, long sequence, PendingView pending, Submission submission)
      throws SQLException {
    Changes changes;
    try {
      changes = Integrity.resolve(pending, submission.batch());
    } catch (GermlineException wrong) {
      throw storeFailure(wrong);
    }
    if (submission.rows().equals(Rows.NONE)) {
      pending.accept(changes);
      return;
    }
    Savepoint start = connection.setSavepoint();
    try {
      submission.rows().write(connection, sequence);
    } catch (SQLException failure) {
      if (!isOfTheStatement(failure)) {
        throw failure;
      }
      connection.rollback(start);
      throw new GermlineException(Fault.INTERNAL, "the registry refused a row", failure);
    } catch (RuntimeException wrong) {
      connection.rollback(start);
      throw wrong instanceof GermlineException refusal
          ? storeFailure(refusal)
          : new GermlineException(Fault.INTERNAL, "the registry rows could not be written", wrong);
    }
    connection.releaseSavepoint(start);
    pending.accept(changes);
  }

  /** Bad data (22), a broken constraint (23) or bad SQL (42): the transaction itself is well. */
  private static boolean isOfTheStatement(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return state.startsWith("22") || state.startsWith("23") || state.startsWith("42");
  }

  /** A failure of the store is not the submission's fault: it ends the whole attempt. */
  private static GermlineException storeFailure(GermlineException wrong) throws SQLException {
    if (wrong.getCause() instanceof SQLException failure) {
      throw failure;
    }
    return wrong;
  }

  private StateRoot next(@Nullable SignedStateRoot last, Forest forest) {
    if (last == null) {
      return StateRoot.first(forest.roots(), clock.millis(), device.id());
    }
    // Clocks of two app nodes differ; time never runs backwards along the chain.
    long timestamp = Math.max(clock.millis(), last.root().timestampMillis());
    return last.root().next(forest.roots(), timestamp, device.id());
  }

  private static Head catchUp(Connection connection, Head known, Position position)
      throws SQLException {
    Head head = known;
    while (head.sequence() < position.sequence()) {
      for (var commit : ChainTable.commitsAfter(connection, head.sequence(), CATCH_UP_PAGE)) {
        head = follow(head, commit);
      }
    }
    if (!head.recordHash().equals(position.recordHash())) {
      throw broken(
          position.sequence(),
          "another record stands there than the one this process knows; the ledger was replaced");
    }
    return head;
  }

  private static Head follow(Head head, ChainTable.StoredCommit commit) {
    StateRoot root = commit.record().root();
    Digest previous = root.prevRecord();
    boolean follows =
        root.sequence() == head.sequence() + 1
            && (previous == null ? head.sequence() == 0 : previous.equals(head.recordHash()));
    if (!follows) {
      throw broken(root.sequence(), "it does not follow record " + head.sequence());
    }
    Forest forest = commit.diff().applyTo(head.forest());
    if (!forest.roots().equals(root.roots())) {
      throw broken(root.sequence(), "its diff does not lead to its roots");
    }
    return new Head(root.sequence(), root.recordHash(), commit.record(), forest);
  }

  private static GermlineException broken(long sequence, String why) {
    return new GermlineException(
        Fault.CHAIN_BROKEN,
        "the ledger is damaged at record %d: %s; run germline fsck".formatted(sequence, why));
  }

  private static void rollBack(Connection connection, Exception failure) {
    try {
      connection.rollback();
    } catch (SQLException gone) {
      failure.addSuppressed(gone);
    }
  }

  /**
   * What an attempt has sent to the server. If the connection fails before the answer, only the
   * chain itself can tell whether it was committed.
   */
  static final class Attempt {
    private long sequence;
    private @Nullable Digest recordHash;
    private Map<Integer, GermlineException> refused = Map.of();

    void begin(long sequence, Digest recordHash, Map<Integer, GermlineException> refused) {
      this.sequence = sequence;
      this.recordHash = recordHash;
      this.refused = refused;
    }

    @Nullable SignedStateRoot landed(Connection connection) throws SQLException {
      Digest sent = recordHash;
      return sent == null
          ? null
          : ChainTable.record(connection, sequence)
              .filter(record -> record.root().recordHash().equals(sent))
              .orElse(null);
    }

    Map<Integer, GermlineException> refused() {
      return refused;
    }
  }
}
