package dev.germline.core.layers;

import dev.germline.core.substrate.Digest;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Whether a claim counts now, and why. Pure: it depends on the replies only, not on their order.
 *
 * <p>A withdrawal ends a claim, a supersession too; which of them is told first is settled so that
 * the withdrawal is. Contests end nothing: a contested claim counts, as contested, until its
 * asserter ends it or those who contest it withdraw. That somebody said the same again, or later
 * the contrary, ends nothing either: only a supersession does, by which the asserter says so.
 *
 * @param because the replies that decide, oldest first; none where the claim simply stands
 */
public record Standing(Verdict verdict, List<Reply> because) {
  /** What became of a claim. */
  public enum Verdict {
    STANDS,
    CONTESTED,
    SUPERSEDED,
    WITHDRAWN;

    /** Whether the claim is part of the current view. */
    public boolean counts() {
      return this == STANDS || this == CONTESTED;
    }
  }

  public Standing {
    because = List.copyOf(because);
  }

  /**
   * The standing of a claim.
   *
   * @param claim BLAKE3 of its record
   * @param replies all replies to the claim and to these, in any order; others do not matter
   */
  public static Standing of(Digest claim, Collection<Reply> replies) {
    List<Reply> about =
        replies.stream()
            .filter(reply -> reply.claim().equals(claim))
            .distinct()
            .sorted(Comparator.comparing(Reply::assertedAt).thenComparing(ClaimJson::digest))
            .toList();
    List<Reply> withdrawals = of(Reply.Withdrawal.class, about);
    if (!withdrawals.isEmpty()) {
      return new Standing(Verdict.WITHDRAWN, withdrawals);
    }
    List<Reply> supersessions = of(Reply.Supersession.class, about);
    if (!supersessions.isEmpty()) {
      return new Standing(Verdict.SUPERSEDED, supersessions);
    }
    List<Reply> contests =
        of(Reply.Contest.class, about).stream()
            .filter(contest -> !isWithdrawn(ClaimJson.digest(contest), replies))
            .toList();
    return new Standing(contests.isEmpty() ? Verdict.STANDS : Verdict.CONTESTED, contests);
  }

  private static boolean isWithdrawn(Digest contest, Collection<Reply> replies) {
    return replies.stream()
        .anyMatch(reply -> reply instanceof Reply.Withdrawal && reply.claim().equals(contest));
  }

  private static List<Reply> of(Class<? extends Reply> kind, List<Reply> replies) {
    return replies.stream().filter(kind::isInstance).toList();
  }
}
