package dev.germline.core.layers;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;

/** What may be replied to which claim, and by whom. */
public final class Replying {
  private Replying() {}

  /**
   * Refuses a reply that has no meaning for its target: replies to withdrawals and supersessions,
   * contests of contests, the withdrawal of a status (say another one instead).
   *
   * @throws GermlineException INVALID_CLAIM
   */
  public static void requireMeaning(Reply reply, Claim target) {
    boolean meaningful =
        switch (reply) {
          case Reply.Contest _ -> !(target instanceof Reply);
          case Reply.Withdrawal _ ->
              target instanceof Reply.Contest
                  || (!(target instanceof Reply) && !(target instanceof Statement.StatusChange));
          case Reply.Supersession _ -> !(target instanceof Reply);
        };
    if (!meaningful) {
      throw new GermlineException(
          Fault.INVALID_CLAIM,
          target instanceof Statement.StatusChange
              ? "a STATUS is not withdrawn; say the status that holds now, with its reason"
              : "there is no %s of a %s; a withdrawal takes back a contest or a claim about layers,"
                      .formatted(reply.kind(), target.kind().name())
                  + " the other replies are to claims about layers");
    }
  }

  /**
   * Refuses a claim as the successor of another: it must be of the same kind and about the same
   * layer.
   *
   * @throws GermlineException INVALID_CLAIM
   */
  public static void requireSuccessor(Claim successor, Claim superseded) {
    boolean same =
        switch (superseded) {
          case Relationship old ->
              successor instanceof Relationship next
                  && next.kind() == old.kind()
                  && next.subject().equals(old.subject());
          case Statement old ->
              successor instanceof Statement next
                  && next.kind() == old.kind()
                  && next.subject().equals(old.subject());
          case Reply _ -> false;
        };
    if (!same) {
      throw new GermlineException(
          Fault.INVALID_CLAIM,
          "a claim supersedes one of its own kind about the same layer, and not a "
              + superseded.kind().name());
    }
  }

  /** Whether this user may say this of the claim: contesting is anyone's, ending it is not. */
  public static boolean allowed(Reply reply, Claim target, String user, boolean admin) {
    return switch (reply) {
      case Reply.Contest _ -> true;
      case Reply.Withdrawal _, Reply.Supersession _ -> admin || target.assertedBy().equals(user);
    };
  }
}
