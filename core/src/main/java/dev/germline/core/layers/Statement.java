package dev.germline.core.layers;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A claim about one layer: a review, a measurement, an assessment, who contributed, whether it is
 * to be used. Who may say it is the registry's rule: the status is its creator's or an admin's,
 * everything else anyone's who sees the layer.
 */
public sealed interface Statement extends Claim {
  /** The longest comment, reason or description, in characters. */
  int MAX_PROSE = 16_384;

  /** The layer the claim is about. */
  LayerRef subject();

  @Override
  Kind kind();

  /** What is said of the layer. */
  enum Kind implements ClaimKind {
    REVIEW,
    BENCHMARK,
    SAFETY,
    CONTRIBUTION,
    STATUS
  }

  /**
   * Somebody looked at the layer.
   *
   * @param verdict what they came to
   * @param rating from 0 (useless) to 1 (nothing to add), where one is given
   */
  record Review(
      LayerRef subject,
      String assertedBy,
      Instant assertedAt,
      Verdict verdict,
      @Nullable Double rating,
      @Nullable String comment)
      implements Statement {
    /** What a review comes to. */
    public enum Verdict {
      APPROVE,
      COMMENT,
      REJECT;

      @Override
      public String toString() {
        return name().toLowerCase(Locale.ROOT);
      }
    }

    public Review {
      Check.required("subject", subject);
      Check.text("assertedBy", assertedBy);
      assertedAt = Check.instant("assertedAt", assertedAt);
      Check.required("verdict", verdict);
      rating = rating == null ? null : Double.valueOf(Check.unit("rating", rating));
      comment = Check.optionalText("comment", comment, MAX_PROSE);
    }

    @Override
    public Kind kind() {
      return Kind.REVIEW;
    }
  }

  /**
   * Somebody ran a benchmark on the layer.
   *
   * @param harness by which command or service it can be run again, where one is known
   */
  record BenchmarkResult(
      LayerRef subject,
      String assertedBy,
      Instant assertedAt,
      BenchmarkScore score,
      @Nullable String harness)
      implements Statement {
    public BenchmarkResult {
      Check.required("subject", subject);
      Check.text("assertedBy", assertedBy);
      assertedAt = Check.instant("assertedAt", assertedAt);
      Check.required("score", score);
      harness = Check.optionalText("harness", harness);
    }

    @Override
    public Kind kind() {
      return Kind.BENCHMARK;
    }
  }

  /** Somebody examined whether the layer is safe to use. */
  record SafetyAssessment(
      LayerRef subject, String assertedBy, Instant assertedAt, SafetyValidation validation)
      implements Statement {
    public SafetyAssessment {
      Check.required("subject", subject);
      Check.text("assertedBy", assertedBy);
      assertedAt = Check.instant("assertedAt", assertedAt);
      Check.required("validation", validation);
    }

    @Override
    public Kind kind() {
      return Kind.SAFETY;
    }
  }

  /** Somebody had a part in the layer. */
  record ContributionMade(
      LayerRef subject, String assertedBy, Instant assertedAt, Contribution contribution)
      implements Statement {
    public ContributionMade {
      Check.required("subject", subject);
      Check.text("assertedBy", assertedBy);
      assertedAt = Check.instant("assertedAt", assertedAt);
      Check.required("contribution", contribution);
    }

    @Override
    public Kind kind() {
      return Kind.CONTRIBUTION;
    }
  }

  /**
   * The layer is from now on to be used, or not.
   *
   * @param reason why, for those who have it
   */
  record StatusChange(
      LayerRef subject, String assertedBy, Instant assertedAt, LayerStatus status, String reason)
      implements Statement {
    public StatusChange {
      Check.required("subject", subject);
      Check.text("assertedBy", assertedBy);
      assertedAt = Check.instant("assertedAt", assertedAt);
      Check.required("status", status);
      reason = Check.text("reason", reason, MAX_PROSE);
    }

    @Override
    public Kind kind() {
      return Kind.STATUS;
    }
  }
}
