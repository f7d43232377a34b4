package dev.germline.app.sharing;

import dev.germline.app.identity.Caller;
import dev.germline.app.layers.Claiming;
import dev.germline.app.layers.LayerRow;
import dev.germline.app.layers.Layers;
import dev.germline.app.sql.Database;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.Contribution;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerStatus;
import dev.germline.core.layers.Share;
import dev.germline.core.layers.Statement;
import dev.germline.core.sharing.SubmissionState;
import dev.germline.core.substrate.EntityId;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Layers offered to the registry: by their creator, reviewed and accepted by an admin who is
 * somebody else. With the acceptance who contributed, and with which share, becomes a claim in the
 * ledger. A submission is its submitter's and the admins' to see. Thread-safe.
 */
public final class Submissions {
  static final int MAX_PAGE = 200;
  private static final int MAX_CONTRIBUTIONS = 256;
  private static final int MAX_STEPS = 256;
  private static final int MAX_NOTE = 4096;

  private final Database database;
  private final Layers layers;
  private final Claiming claiming;
  private final Clock clock;

  public Submissions(Database database, Layers layers, Claiming claiming, Clock clock) {
    this.database = database;
    this.layers = layers;
    this.claiming = claiming;
    this.clock = clock;
  }

  /**
   * Offers a layer.
   *
   * @param contributions who had a part in it, each once, all with shares that are together 1
   * @throws GermlineException LAYER_NOT_FOUND; FORBIDDEN for another's layer; INVALID_REQUEST
   */
  Submission submit(
      Caller caller, LayerName name, List<Contribution> contributions, @Nullable String note) {
    LayerRow layer = layers.row(caller, name);
    if (!caller.admin() && !layer.creator().equals(caller.name())) {
      throw new GermlineException(Fault.FORBIDDEN, name + " is offered by its creator or an admin");
    }
    if (layer.status() != LayerStatus.ACTIVE) {
      throw invalid(name + " is " + layer.status() + "; only an active layer is offered");
    }
    requireWhole(contributions);
    Instant now = now();
    Submission submission =
        new Submission(
            EntityId.parse(UUID.randomUUID().toString()),
            layer.ref(),
            caller.name(),
            SubmissionState.SUBMITTED,
            now,
            contributions,
            List.of(new Submission.Step("submit", caller.name(), now, note(note))));
    return database.transact(connection -> {
      if (SubmissionRows.open(connection, layer.id())) {
        throw invalid(name + " is offered already; wait for the answer, or withdraw the offer");
      }
      SubmissionRows.insert(connection, submission, layer.id());
      return submission;
    });
  }

  /**
   * A submission.
   *
   * @throws GermlineException NOT_FOUND
   */
  Submission get(Caller caller, EntityId id) {
    return database
        .read(connection ->
            SubmissionRows.find(connection, id, caller.admin() ? null : caller.name()))
        .orElseThrow(() -> new GermlineException(Fault.NOT_FOUND, "there is no submission " + id));
  }

  /**
   * The newest submissions that the caller may see.
   *
   * @param limit 1 to 200
   */
  List<Submission> list(Caller caller, @Nullable SubmissionState state, int limit) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw invalid("limit is from 1 to " + MAX_PAGE + ", and not " + limit);
    }
    return database.read(connection ->
        SubmissionRows.newest(connection, caller.admin() ? null : caller.name(), state, limit));
  }

  /**
   * Lets something happen to a submission.
   *
   * @throws GermlineException NOT_FOUND; FORBIDDEN if it is not the caller's to do; INVALID_REQUEST
   *     if it cannot happen now; STALE_ROOT if something else happened in between
   */
  Submission act(Caller caller, EntityId id, SubmissionState.Event event, @Nullable String note) {
    Submission submission = get(caller, id);
    authorise(caller, submission, event);
    SubmissionState next =
        submission
            .state()
            .after(event)
            .orElseThrow(() ->
                invalid("a submission that is %s has no %s".formatted(submission.state(), event)));
    int seen = submission.history().size();
    if (seen >= MAX_STEPS) {
      throw new GermlineException(
          Fault.LIMIT_EXCEEDED, "the submission has " + MAX_STEPS + " steps already");
    }
    Submission.Step step = new Submission.Step(event.toString(), caller.name(), now(), note(note));
    if (event == SubmissionState.Event.ACCEPT) {
      claiming.stateAll(
          caller,
          claims(caller, submission, step.at()),
          (connection, sequence) ->
              requireUnchanged(SubmissionRows.advance(connection, id, seen, next, step)));
    } else {
      database.transact(connection -> {
        requireUnchanged(SubmissionRows.advance(connection, id, seen, next, step));
        return true;
      });
    }
    return get(caller, id);
  }

  private static List<Statement.ContributionMade> claims(
      Caller caller, Submission submission, Instant at) {
    return submission.contributions().stream()
        .map(contribution ->
            new Statement.ContributionMade(submission.layer(), caller.name(), at, contribution))
        .toList();
  }

  private static void authorise(Caller caller, Submission submission, SubmissionState.Event event) {
    boolean own = submission.submitter().equals(caller.name());
    if (event.isSubmitters() ? !own && !caller.admin() : own || !caller.admin()) {
      throw new GermlineException(
          Fault.FORBIDDEN,
          event.isSubmitters()
              ? event + " is the submitter's to do, " + submission.submitter()
              : event + " is for an admin to do who is not the submitter");
    }
  }

  private static void requireUnchanged(boolean unchanged) {
    if (!unchanged) {
      throw new GermlineException(
          Fault.STALE_ROOT, "something happened to the submission in between; look at it again");
    }
  }

  private static void requireWhole(List<Contribution> contributions) {
    if (contributions.isEmpty() || contributions.size() > MAX_CONTRIBUTIONS) {
      throw invalid(
          "contributions has %d entries; give 1 to %d"
              .formatted(contributions.size(), MAX_CONTRIBUTIONS));
    }
    long names = contributions.stream().map(Contribution::contributor).distinct().count();
    if (names != contributions.size()) {
      throw invalid("contributions names somebody twice; name each once");
    }
    List<Share> shares = new ArrayList<>();
    for (Contribution contribution : contributions) {
      Share share = contribution.share();
      if (share != null) {
        shares.add(share);
      }
    }
    BigDecimal sum = Share.sum(shares);
    if (shares.size() != contributions.size() || sum.compareTo(BigDecimal.ONE) != 0) {
      throw invalid(
          "%d of %d contributions have a share, together %s; give each one, together exactly 1"
              .formatted(
                  shares.size(), contributions.size(), sum.stripTrailingZeros().toPlainString()));
    }
  }

  private static @Nullable String note(@Nullable String note) {
    if (note != null && note.length() > MAX_NOTE) {
      throw invalid("note is longer than " + MAX_NOTE + " characters");
    }
    return note;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private static GermlineException invalid(String detail) {
    return new GermlineException(Fault.INVALID_REQUEST, detail);
  }
}
