package dev.germline.app.layers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.app.identity.Caller;
import dev.germline.app.ledger.Commit;
import dev.germline.app.ledger.Ledger;
import dev.germline.app.ledger.Rows;
import dev.germline.app.sql.Database;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.Claim;
import dev.germline.core.layers.ClaimJson;
import dev.germline.core.layers.LayerJson;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerRef;
import dev.germline.core.layers.LayerStatus;
import dev.germline.core.layers.Relationship;
import dev.germline.core.layers.Reply;
import dev.germline.core.layers.Replying;
import dev.germline.core.layers.Statement;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.EntityId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * States claims: about layers that are published already, and about claims. Thread-safe.
 *
 * <p>Where a layer comes from, what it needs and whether it is to be used is said by its creator or
 * an admin; everything else about it may be said by anyone who sees what is named. A claim is ended
 * by its asserter or an admin, and contested by anyone who sees it (docs/claims.md).
 */
public final class Claiming {
  /** How often a claim is tried while others end or state claims about the same. */
  private static final int ATTEMPTS = 3;

  private final Database database;
  private final Ledger ledger;
  private final StoredClaims stored;
  private final Impacts impacts;
  private final Clock clock;

  private record Attempt(EntityId id, boolean fresh, long sequence) {}

  public Claiming(
      Database database, Ledger ledger, StoredClaims stored, Impacts impacts, Clock clock) {
    this.database = database;
    this.ledger = ledger;
    this.stored = stored;
    this.impacts = impacts;
    this.clock = clock;
  }

  /**
   * A claim in the ledger.
   *
   * @param id of its document
   * @param impact what stands on a layer that was yanked or revoked by this and is made of it, as
   *     far as the caller sees it; also empty where that could not be told just then
   */
  public record Stated(EntityId id, Claim claim, Optional<Impacts.Impact> impact) {}

  /**
   * States the claim in this JSON ({@link ClaimJson}); {@code assertedBy}, {@code assertedAt} and
   * the digests of layers are filled in where they are left out, claims may be named by id, and
   * {@code supersedes} may name a claim of the same asserter that this one takes the place of.
   *
   * @throws GermlineException INVALID_CLAIM and the like; REFERENCE_NOT_FOUND, HASH_MISMATCH,
   *     CLAIM_NOT_FOUND, FORBIDDEN, LINEAGE_CYCLE, LIMIT_EXCEEDED; STALE_ROOT if others went on
   *     stating claims about the same
   */
  public Written<Stated> state(Caller caller, byte[] json) {
    return state(caller, LayerJson.object(json));
  }

  /** The same from a tree of {@link LayerJson#object}; the tree is used up. */
  public Written<Stated> state(Caller caller, ObjectNode tree) {
    Instant now = clock.instant();
    References references = new References(database, caller);
    if (!tree.hasNonNull("assertedBy")) {
      tree.put("assertedBy", caller.name());
    }
    if (!tree.hasNonNull("assertedAt")) {
      tree.put("assertedAt", now.toString());
    }
    JsonNode supersedes = tree.remove("supersedes");
    Optional<StoredClaims.Found> superseded =
        supersedes == null || supersedes.isNull()
            ? Optional.empty()
            : Optional.of(stored.find(caller, supersedes.asText()));
    pin(tree, "subject", references);
    pin(tree, "object", references);
    if (tree.path("claim").isTextual()) {
      tree.put("claim", stored.find(caller, tree.get("claim").textValue()).digest().toHex());
    }
    Claim claim = ClaimJson.parse(tree);
    requireOwnVoice(caller, claim);
    Optional<StoredClaims.Found> target = check(caller, claim, references);
    superseded.ifPresent(old -> {
      Replying.requireSuccessor(claim, old.claim());
      requireAllowed(caller, "supersede", old.claim());
    });
    for (int tried = 1; ; tried++) {
      try {
        return written(caller, attempt(claim, target, superseded, now), claim);
      } catch (GermlineException overtaken) {
        if (overtaken.fault() != Fault.STALE_ROOT || tried == ATTEMPTS) {
          throw overtaken;
        }
      }
    }
  }

  /**
   * States several claims about layers at once, all or none, with other rows that belong to them.
   *
   * @param also written first, in the same transaction
   * @return the ledger sequence that carries them
   * @throws GermlineException as {@link #state}, and what {@code also} refuses
   */
  public long stateAll(Caller caller, List<Statement.ContributionMade> claims, Rows also) {
    References references = new References(database, caller);
    Facts facts = new Facts();
    List<Facts.PlacedClaim> placed = new ArrayList<>();
    for (Statement.ContributionMade claim : claims) {
      requireOwnVoice(caller, claim);
      references.require(claim.subject(), Fault.REFERENCE_NOT_FOUND);
      placed.add(facts.claim(claim));
    }
    return ledger
        .commit(
            facts.submission((connection, sequence) -> {
              also.write(connection, sequence);
              for (Facts.PlacedClaim one : placed) {
                ClaimRows.insert(connection, one, sequence);
              }
            }))
        .sequence();
  }

  private Optional<StoredClaims.Found> check(Caller caller, Claim claim, References references) {
    switch (claim) {
      case Relationship relation -> {
        references.require(relation.subject(), Fault.REFERENCE_NOT_FOUND);
        references.require(relation.object(), Fault.REFERENCE_NOT_FOUND);
        boolean ofItsCreator =
            switch (relation.kind()) {
              case EVOLVED_FROM, DEPENDS_ON -> true;
              case SYNERGIZES_WITH, CONFLICTS_WITH -> false;
            };
        if (ofItsCreator) {
          requireCreator(caller, claim, relation.subject());
        }
        return Optional.empty();
      }
      case Statement statement -> {
        references.require(statement.subject(), Fault.REFERENCE_NOT_FOUND);
        if (statement instanceof Statement.StatusChange) {
          requireCreator(caller, claim, statement.subject());
        }
        return Optional.empty();
      }
      case Reply.Supersession _ ->
          throw new GermlineException(
              Fault.INVALID_CLAIM,
              "a SUPERSESSION is stated with the claim that takes the place: state that claim, with"
                  + " \"supersedes\" naming the other");
      case Reply reply -> {
        StoredClaims.Found target = stored.find(caller, reply.claim().toHex());
        Replying.requireMeaning(reply, target.claim());
        if (!Replying.allowed(reply, target.claim(), caller.name(), caller.admin())) {
          throw refused("withdraw", target.claim());
        }
        return Optional.of(target);
      }
    }
  }

  private Attempt attempt(
      Claim claim,
      Optional<StoredClaims.Found> target,
      Optional<StoredClaims.Found> superseded,
      Instant now) {
    Facts facts = new Facts();
    Facts.PlacedClaim placed = facts.claim(claim);
    Optional<Long> before = database.read(connection -> sequence(connection, placed));
    if (before.isPresent()) {
      return new Attempt(placed.id(), false, before.get());
    }
    Optional<StoredClaims.Found> lastStatus = lastStatus(claim);
    List<StoredClaims.Found> ended = new ArrayList<>();
    List<Facts.PlacedClaim> supersessions = new ArrayList<>();
    for (StoredClaims.Found old : superseded.or(() -> lastStatus).stream().toList()) {
      ended.add(old);
      supersessions.add(
          facts.claim(
              new Reply.Supersession(old.digest(), claim.assertedBy(), now, placed.digest())));
    }
    if (claim instanceof Reply.Withdrawal) {
      target.ifPresent(ended::add);
    }
    List<Ending> endings = ended.stream().map(this::ending).toList();
    endings.forEach(
        ending -> facts.end(ending.claim().claim(), ending.claim().id(), ending.alone()));
    Commit commit =
        ledger.commit(
            facts.submission((connection, sequence) -> {
              for (Ending ending : endings) {
                ending.write(connection, claim instanceof Reply.Withdrawal);
              }
              ClaimGuards.check(connection, claim);
              ClaimRows.insert(connection, placed, sequence);
              for (Facts.PlacedClaim supersession : supersessions) {
                ClaimRows.insert(connection, supersession, sequence);
              }
              if (claim instanceof Statement.StatusChange change) {
                LayerRows.setStatus(
                    connection, Document.idOf(change.subject().digest()), change.status());
              }
            }));
    return new Attempt(placed.id(), true, commit.sequence());
  }

  /** Not known where MySQL fails just then: that does not undo what was stated. */
  private Optional<Impacts.Impact> impact(Caller caller, LayerRef layer) {
    try {
      return Optional.of(impacts.of(caller, layer));
    } catch (GermlineException failure) {
      if (failure.fault() != Fault.STORE_UNAVAILABLE) {
        throw failure;
      }
      return Optional.empty();
    }
  }

  private static Optional<Long> sequence(Connection connection, Facts.PlacedClaim placed)
      throws SQLException {
    return placed.claim() instanceof Reply
        ? ReplyRows.find(connection, placed.id()).map(ReplyRows.Row::ledgerSequence)
        : ClaimRows.sequence(connection, placed.id());
  }

  /** The status that a new one takes the place of: a layer has one. */
  private Optional<StoredClaims.Found> lastStatus(Claim claim) {
    return claim instanceof Statement.StatusChange change
        ? database
            .read(connection ->
                ClaimRows.status(connection, Document.idOf(change.subject().digest())))
            .map(stored::require)
        : Optional.empty();
  }

  private Ending ending(StoredClaims.Found old) {
    boolean alone =
        old.claim() instanceof Relationship relation
            && !database.<Boolean>read(
                connection -> ClaimRows.saidByOthers(connection, old.id(), relation));
    return new Ending(old, alone);
  }

  private Written<Stated> written(Caller caller, Attempt done, Claim claim) {
    Optional<Impacts.Impact> impact =
        claim instanceof Statement.StatusChange change && change.status() != LayerStatus.ACTIVE
            ? impact(caller, change.subject())
            : Optional.empty();
    return new Written<>(new Stated(done.id(), claim, impact), done.fresh(), done.sequence());
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

  private static void requireOwnVoice(Caller caller, Claim claim) {
    if (!caller.admin() && !claim.assertedBy().equals(caller.name())) {
      throw new GermlineException(
          Fault.FORBIDDEN,
          "assertedBy is %s, and you are %s; only an admin speaks for others"
              .formatted(claim.assertedBy(), caller.name()));
    }
  }

  private void requireCreator(Caller caller, Claim claim, LayerRef subject) {
    if (!caller.admin()
        && !database
            .read(connection -> LayerRows.find(connection, subject.layer(), caller))
            .map(LayerRow::creator)
            .equals(Optional.of(caller.name()))) {
      throw new GermlineException(
          Fault.FORBIDDEN,
          "%s claims about %s are its creator's or an admin's"
              .formatted(claim.kind().name(), subject.layer()));
    }
  }

  private static void requireAllowed(Caller caller, String act, Claim target) {
    if (!caller.admin() && !target.assertedBy().equals(caller.name())) {
      throw refused(act, target);
    }
  }

  private static GermlineException refused(String act, Claim target) {
    return new GermlineException(
        Fault.FORBIDDEN,
        "the claim is %s's; only they or an admin %s it, you may CONTEST it"
            .formatted(target.assertedBy(), act));
  }
}
