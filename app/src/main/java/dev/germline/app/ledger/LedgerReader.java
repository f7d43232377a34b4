package dev.germline.app.ledger;

import dev.germline.app.sql.Database;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.ledger.ProofBundle;
import dev.germline.core.ledger.SignedStateRoot;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.Entity;
import dev.germline.core.substrate.EntityId;
import dev.germline.core.substrate.EntityRef;
import dev.germline.graph.projection.Projector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be asked of the ledger without writing to it. Thread-safe. */
public final class LedgerReader {
  private final Database database;
  private final Ledger ledger;
  private final Projector projector;
  private final LedgerSettings settings;

  public LedgerReader(
      Database database, Ledger ledger, Projector projector, LedgerSettings settings) {
    this.database = database;
    this.ledger = ledger;
    this.projector = projector;
    this.settings = settings;
  }

  /** The chain's end, with what other processes have committed. */
  public Head head() {
    return ledger.refresh();
  }

  /** The record of a sequence; ROOT_NOT_FOUND if the chain does not reach it. */
  public SignedStateRoot record(long sequence) {
    return database
        .read(connection -> ChainTable.record(connection, sequence))
        .orElseThrow(() ->
            new GermlineException(
                Fault.ROOT_NOT_FOUND, "the ledger has no state root " + sequence));
  }

  /** Up to {@code limit} records before a sequence, newest first. */
  public List<SignedStateRoot> recordsBefore(long sequence, int limit) {
    return database.read(connection -> ChainTable.recordsBefore(connection, sequence, limit));
  }

  /** A content kept beside the ledger. */
  public Optional<byte[]> content(Digest hash) {
    return database.read(connection ->
        Optional.ofNullable(SubstrateTables.contents(connection, List.of(hash)).get(hash)));
  }

  /**
   * Proves an entity under the latest state root.
   *
   * @param content the bytes of a document, to travel with the proof; null to leave them out
   * @throws GermlineException NOT_FOUND if the ledger does not hold it
   */
  public ProofBundle prove(EntityRef ref, byte @Nullable [] content) {
    Head head = ledger.refresh();
    SignedStateRoot record = head.root();
    Optional<Entity> entity = database.read(connection -> SubstrateTables.entity(connection, ref));
    if (record == null || entity.isEmpty()) {
      throw new GermlineException(Fault.NOT_FOUND, "the ledger holds no " + ref);
    }
    return new ProofBundle(
        record, List.of(ProofBundle.prove(head.forest(), entity.get(), content)));
  }

  /**
   * Proves documents under one and the same latest state root, each in a bundle of its own with its
   * content.
   *
   * @param contents by the ids of the documents
   * @return by id; without those that the ledger does not hold
   */
  public Map<EntityId, ProofBundle> proveDocuments(Map<EntityId, byte[]> contents) {
    Head head = ledger.refresh();
    SignedStateRoot record = head.root();
    if (record == null) {
      return Map.of();
    }
    Map<EntityId, ProofBundle> proofs = new HashMap<>();
    List<EntityId> ids = List.copyOf(contents.keySet());
    database
        .read(connection -> SubstrateTables.documents(connection, ids))
        .forEach((id, document) -> {
          ProofBundle.Entry entry = ProofBundle.prove(head.forest(), document, contents.get(id));
          proofs.put(id, new ProofBundle(record, List.of(entry)));
        });
    return proofs;
  }

  /** How far the graph has come. */
  public long projectedSequence() {
    return projector.status().appliedSequence();
  }

  /** Waits, within the configured bound, until the graph shows a sequence; whether it does. */
  public boolean awaitVisible(long sequence) {
    return projector.awaitVisible(sequence, settings.visibleTimeout());
  }
}
