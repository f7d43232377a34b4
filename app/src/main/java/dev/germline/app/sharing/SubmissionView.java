package dev.germline.app.sharing;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.germline.core.layers.Contribution;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A layer offered to the registry.
 *
 * @param state submitted, in-review, changes-requested, accepted, rejected or withdrawn
 */
@Schema(name = "Submission")
record SubmissionView(
    String id,
    String layer,
    String digest,
    String submitter,
    String state,
    String createdAt,
    List<Part> contributions,
    List<StepView> history) {
  static SubmissionView of(Submission submission) {
    return new SubmissionView(
        submission.id().toString(),
        submission.layer().layer().toString(),
        submission.layer().digest().toHex(),
        submission.submitter(),
        submission.state().toString(),
        submission.createdAt().toString(),
        submission.contributions().stream().map(Part::of).toList(),
        submission.history().stream()
            .map(step -> new StepView(step.event(), step.by(), step.at().toString(), step.note()))
            .toList());
  }

  /**
   * Who had a part in it.
   *
   * @param share a decimal text
   */
  @Schema(name = "ContributionPart")
  record Part(String contributor, String role, String share) {
    static Part of(Contribution contribution) {
      return new Part(
          contribution.contributor(),
          contribution.role(),
          Objects.toString(contribution.share(), ""));
    }
  }

  /** Something that happened to it. */
  @Schema(name = "SubmissionStep")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record StepView(String event, String by, String at, @Nullable String note) {}
}
