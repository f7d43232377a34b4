package dev.germline.app.ledger;

import dev.germline.app.ledger.ChainTable.Position;
import dev.germline.app.ledger.ChainTable.StoredCommit;
import dev.germline.app.sql.Database;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.ledger.Chain;
import dev.germline.core.ledger.StateRoot;
import dev.germline.core.ledger.Verifier;
import dev.germline.core.merkle.EntityLeaf;
import dev.germline.core.merkle.Forest;
import dev.germline.core.merkle.TreeRow;
import dev.germline.core.substrate.DeviceId;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.Entity;
import dev.germline.core.substrate.EntityCodec;
import dev.germline.core.substrate.EntityKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes the ledger from nothing: every root from its diff, every signature, every stored
 * entity, and through {@link DocumentCheck}s what documents stand for. All of it on one snapshot of
 * MySQL, so that commits may go on meanwhile. Thread-safe.
 */
public final class LedgerCheck {
  /**
   * How much was checked.
   *
   * @param sequence the end of the chain that was checked
   * @param records state roots recomputed
   * @param entities entities compared
   */
  public record Checked(long sequence, long records, long entities) {}

  private static final int PAGE = 256;

  private final Database database;
  private final List<DocumentCheck> documentChecks;

  public LedgerCheck(Database database, List<DocumentCheck> documentChecks) {
    this.database = database;
    this.documentChecks = List.copyOf(documentChecks);
  }

  /**
   * Checks everything in the calling thread.
   *
   * @param progress told now and then how many records and entities were checked
   */
  public Checked run(Findings findings, LongConsumer progress) {
    return database.snapshot(connection -> run(connection, findings, progress));
  }

  private Checked run(Connection connection, Findings findings, LongConsumer progress)
      throws SQLException {
    Position end = ChainTable.readHead(connection);
    Replay replay = new Replay(ChainTable.devices(connection));
    try {
      while (replay.sequence() < end.sequence()) {
        List<StoredCommit> page = ChainTable.commitsAfter(connection, replay.sequence(), PAGE);
        if (page.isEmpty()) {
          findings.found("record " + (replay.sequence() + 1), "it is missing");
          return new Checked(end.sequence(), replay.sequence(), 0);
        }
        for (StoredCommit commit : page) {
          replay.follow(commit);
        }
        progress.accept(replay.sequence());
      }
    } catch (GermlineException broken) {
      findings.found("record " + (replay.sequence() + 1), broken.detail());
      // Without its roots nothing can be said of the entities.
      return new Checked(end.sequence(), replay.sequence(), 0);
    }
    if (!replay.recordHash().equals(end.recordHash())) {
      findings.found("the chain's head", "it does not name the last record");
    }
    Entities entities = new Entities(replay.forest(), findings, progress, replay.sequence());
    SubstrateTables.scanEntities(connection, entities);
    entities.finish();
    return new Checked(end.sequence(), replay.sequence(), entities.seen);
  }

  /** The chain from its beginning, as far as it holds. */
  private static final class Replay {
    private final Map<DeviceId, Verifier> devices;
    private Forest forest = Forest.empty();
    private @Nullable StateRoot last;

    Replay(Map<DeviceId, Verifier> devices) {
      this.devices = devices;
    }

    /** Takes one more commit; throws what is wrong with it. */
    void follow(StoredCommit commit) {
      StateRoot root = commit.record().root();
      Chain.requireNext(last, root);
      Verifier device = devices.get(root.device());
      if (device == null) {
        throw broken("it is signed by the unknown device " + root.device());
      }
      if (!device.verify(commit.record())) {
        throw broken("a signature does not verify");
      }
      Forest after = commit.diff().applyTo(forest);
      if (!after.roots().equals(root.roots())) {
        throw broken("its diff does not lead to the roots it signs");
      }
      forest = after;
      last = root;
    }

    private static GermlineException broken(String why) {
      return new GermlineException(Fault.CHAIN_BROKEN, why);
    }

    long sequence() {
      return last == null ? 0 : last.sequence();
    }

    Digest recordHash() {
      return last == null ? Head.EMPTY.recordHash() : last.recordHash();
    }

    Forest forest() {
      return forest;
    }
  }

  /** Compares the stored entities with the trees, and hands documents on in pages. */
  private final class Entities implements SubstrateTables.RowConsumer {
    private final Forest forest;
    private final Findings findings;
    private final LongConsumer progress;
    private final long before;
    private final List<Document> page = new ArrayList<>();
    private long seen;

    Entities(Forest forest, Findings findings, LongConsumer progress, long before) {
      this.forest = forest;
      this.findings = findings;
      this.progress = progress;
      this.before = before;
    }

    @Override
    public void accept(TreeRow stored, byte[] body) {
      seen++;
      Entity entity;
      try {
        entity = EntityCodec.decode(stored.ref().kind(), body);
      } catch (GermlineException unreadable) {
        findings.found(stored.ref().toString(), unreadable.detail());
        return;
      }
      TreeRow computed = EntityLeaf.of(entity).row();
      if (!computed.equals(stored)) {
        findings.found(stored.ref().toString(), "its row does not hash to the leaves beside it");
      } else if (!forest.leafV2(stored.ref()).equals(Optional.of(computed.leafV2()))) {
        findings.found(stored.ref().toString(), "it is not in the state the last record signs");
      }
      if (entity instanceof Document document) {
        page.add(document);
        if (page.size() == PAGE) {
          handOn();
        }
      }
    }

    void finish() {
      handOn();
      long signed = 0;
      for (EntityKind kind : EntityKind.values()) {
        signed += forest.roots().of(kind).count();
      }
      if (seen != signed) {
        findings.found(
            "the table entities", "it has %d rows, %d are signed".formatted(seen, signed));
      }
    }

    private void handOn() {
      documentChecks.forEach(check -> check.check(List.copyOf(page), findings));
      page.clear();
      progress.accept(before + seen);
    }
  }
}
