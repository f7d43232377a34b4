package dev.germline.app.ledger;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.ledger.SubstrateView;
import dev.germline.core.merkle.Forest;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.EdgeKey;
import dev.germline.core.substrate.EntityId;
import dev.germline.core.substrate.EntityKind;
import dev.germline.core.substrate.EntityRef;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * The committed substrate under the head's lock: whether something exists is asked of the forest in
 * memory; contents and dependents, which only changes and removals ask for, of MySQL.
 */
final class StoredSubstrate implements SubstrateView {
  private final Forest forest;
  private final Connection connection;

  /** The forest must be of the state that the connection sees. */
  StoredSubstrate(Forest forest, Connection connection) {
    this.forest = forest;
    this.connection = connection;
  }

  @Override
  public Optional<Digest> leafV2(EntityRef ref) {
    return forest.leafV2(ref);
  }

  @Override
  public Optional<Digest> contentHash(EntityId document) {
    return ask(() -> SubstrateTables.entity(connection, EntityRef.document(document)))
        .map(entity -> ((Document) entity).contentHash());
  }

  @Override
  public Collection<EntityId> chunksOf(EntityId document) {
    return dependents(EntityKind.CHUNK, document);
  }

  @Override
  public Collection<EntityId> embeddingsOf(EntityId chunk) {
    return dependents(EntityKind.EMBEDDING, chunk);
  }

  @Override
  public Collection<EdgeKey> edgesOf(EntityId entity) {
    Collection<EdgeKey> edges = new TreeSet<>();
    for (EntityRef ref : ask(() -> SubstrateTables.edgesFrom(connection, entity))) {
      edges.add((EdgeKey) ref.key());
    }
    for (EntityRef ref :
        ask(() -> SubstrateTables.dependents(connection, EntityKind.EDGE, entity))) {
      edges.add((EdgeKey) ref.key());
    }
    return edges;
  }

  @Override
  public OptionalInt dimensionOf(Digest modelHash) {
    return ask(() -> SubstrateTables.dimension(connection, modelHash));
  }

  private Collection<EntityId> dependents(EntityKind kind, EntityId parent) {
    return ask(() -> SubstrateTables.dependents(connection, kind, parent)).stream()
        .map(ref -> (EntityId) ref.key())
        .toList();
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask() throws SQLException;
  }

  private static <T> T ask(Question<T> question) {
    try {
      return question.ask();
    } catch (SQLException failure) {
      // Fails the whole group, not this batch: GroupCommit looks for the cause.
      throw new GermlineException(Fault.STORE_UNAVAILABLE, "MySQL does not answer", failure);
    }
  }
}
