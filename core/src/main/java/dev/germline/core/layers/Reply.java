package dev.germline.core.layers;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.substrate.Digest;
import java.time.Instant;

/**
 * A claim about a claim. Contesting is anyone's who sees it; what ends a claim (withdrawal,
 * supersession) is its asserter's or an admin's.
 */
public sealed interface Reply extends Claim {
  /** BLAKE3 of the canonical record of the claim that is replied to. */
  Digest claim();

  @Override
  Kind kind();

  /** What is said of the claim. */
  enum Kind implements ClaimKind {
    CONTEST,
    WITHDRAWAL,
    SUPERSESSION
  }

  /** The claim is doubted. It goes on to count, as contested. */
  record Contest(Digest claim, String assertedBy, Instant assertedAt, String reason)
      implements Reply {
    public Contest {
      Check.required("claim", claim);
      Check.text("assertedBy", assertedBy);
      assertedAt = Check.instant("assertedAt", assertedAt);
      reason = Check.text("reason", reason, Statement.MAX_PROSE);
    }

    @Override
    public Kind kind() {
      return Kind.CONTEST;
    }
  }

  /** The claim does not count any more. There is no way back but to state it again. */
  record Withdrawal(Digest claim, String assertedBy, Instant assertedAt, String reason)
      implements Reply {
    public Withdrawal {
      Check.required("claim", claim);
      Check.text("assertedBy", assertedBy);
      assertedAt = Check.instant("assertedAt", assertedAt);
      reason = Check.text("reason", reason, Statement.MAX_PROSE);
    }

    @Override
    public Kind kind() {
      return Kind.WITHDRAWAL;
    }
  }

  /**
   * Another claim took this one's place. It stays ended even if that other one ends.
   *
   * @param by the claim that counts instead
   */
  record Supersession(Digest claim, String assertedBy, Instant assertedAt, Digest by)
      implements Reply {
    public Supersession {
      Check.text("assertedBy", assertedBy);
      assertedAt = Check.instant("assertedAt", assertedAt);
      if (Check.required("claim", claim).equals(Check.required("by", by))) {
        throw new GermlineException(
            Fault.INVALID_CLAIM, "claim and by are both " + claim + "; name two different claims");
      }
    }

    @Override
    public Kind kind() {
      return Kind.SUPERSESSION;
    }
  }
}
