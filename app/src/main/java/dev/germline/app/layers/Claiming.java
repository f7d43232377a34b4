package dev.germline.app.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.app.identity.Caller;
import dev.germline.app.ledger.Commit;
import dev.germline.app.ledger.Ledger;
import dev.germline.app.sql.Database;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.Claim;
import dev.germline.core.layers.ClaimJson;
import dev.germline.core.layers.LayerJson;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerRef;
import dev.germline.core.substrate.EntityId;
import java.time.Clock;
import java.util.Optional;

/**
 * Claims about layers that are published already. Thread-safe.
 *
 * <p>Where a layer comes from and what it needs is said by its creator or an admin; what goes well
 * or badly with it may be said by anyone who sees both.
 */
public final class Claiming {
  private final Database database;
  private final Ledger ledger;
  private final Clock clock;

  public Claiming(Database database, Ledger ledger, Clock clock) {
    this.database = database;
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * A claim in the ledger.
   *
   * @param id of its document
   */
  record Stated(EntityId id, Claim claim) {}

  /**
   * States the claim in this JSON ({@link ClaimJson}); {@code assertedBy}, {@code assertedAt} and
   * the digests of subject and object are filled in where they are left out.
   *
   * @throws GermlineException INVALID_CLAIM and the like; REFERENCE_NOT_FOUND, HASH_MISMATCH,
   *     FORBIDDEN, LINEAGE_CYCLE
   */
  Written<Stated> state(Caller caller, byte[] json) {
    References references = new References(database, caller);
    ObjectNode tree = LayerJson.object(json);
    if (!tree.hasNonNull("assertedBy")) {
      tree.put("assertedBy", caller.name());
    }
    if (!tree.hasNonNull("assertedAt")) {
      tree.put("assertedAt", clock.instant().toString());
    }
    pin(tree, "subject", references);
    pin(tree, "object", references);
    Claim claim = ClaimJson.parse(tree);
    references.require(claim.subject(), Fault.REFERENCE_NOT_FOUND);
    references.require(claim.object(), Fault.REFERENCE_NOT_FOUND);
    authorise(caller, claim);

    Facts facts = new Facts();
    Facts.PlacedClaim placed = facts.claim(claim);
    Optional<Long> before =
        database.read(connection -> ClaimRows.sequence(connection, placed.id()));
    if (before.isPresent()) {
      return written(placed, false, before.get());
    }
    Commit commit =
        ledger.commit(
            facts.submission((connection, sequence) -> {
              if (claim instanceof Claim.EvolvedFrom) {
                ClaimRows.refuseCycle(connection, placed);
              }
              ClaimRows.insert(connection, placed, sequence);
            }));
    return written(placed, true, commit.sequence());
  }

  private static Written<Stated> written(Facts.PlacedClaim placed, boolean fresh, long sequence) {
    return new Written<>(new Stated(placed.id(), placed.claim()), fresh, sequence);
  }

  private static void pin(ObjectNode tree, String member, References references) {
    if (tree.get(member) instanceof ObjectNode reference
        && !reference.hasNonNull("digest")
        && reference.path("layer").isTextual()) {
      LayerName name = LayerName.parse(reference.get("layer").textValue());
      LayerRef current =
          references.current(name).orElseThrow(() -> Draft.absent(name, Fault.REFERENCE_NOT_FOUND));
      reference.put("digest", current.digest().toHex());
    }
  }

  private void authorise(Caller caller, Claim claim) {
    if (caller.admin()) {
      return;
    }
    if (!claim.assertedBy().equals(caller.name())) {
      throw new GermlineException(
          Fault.FORBIDDEN,
          "assertedBy is %s, and you are %s; only an admin speaks for others"
              .formatted(claim.assertedBy(), caller.name()));
    }
    boolean ofItsCreator =
        switch (claim.kind()) {
          case EVOLVED_FROM, DEPENDS_ON -> true;
          case SYNERGIZES_WITH, CONFLICTS_WITH -> false;
        };
    LayerName subject = claim.subject().layer();
    if (ofItsCreator
        && !database
            .read(connection -> LayerRows.find(connection, subject, caller))
            .map(LayerRow::creator)
            .equals(Optional.of(caller.name()))) {
      throw new GermlineException(
          Fault.FORBIDDEN,
          "%s claims about %s are its creator's or an admin's".formatted(claim.kind(), subject));
    }
  }
}
