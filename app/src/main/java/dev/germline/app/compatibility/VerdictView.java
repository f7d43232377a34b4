package dev.germline.app.compatibility;

import dev.germline.core.compatibility.Combination.Member;
import dev.germline.core.compatibility.Reason;
import dev.germline.core.compatibility.Verdict;
import dev.germline.core.compatibility.license.Release;
import dev.germline.core.layers.LayerName;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the gate says.
 *
 * @param outcome pass, warn or fail: the heaviest of the reasons
 * @param reasons heaviest first
 * @param layers all that is in the combination
 */
@Schema(name = "CompatibilityVerdict")
public record VerdictView(
    String outcome,
    List<ReasonView> reasons,
    List<LayerView> layers,
    TermsView terms,
    NeedsView needs) {
  /** A verdict for clients. */
  public static VerdictView of(Compatibility.Judged judged) {
    Verdict verdict = judged.verdict();
    Verdict.Shipping terms = verdict.terms();
    return new VerdictView(
        verdict.outcome().toString(),
        verdict.reasons().stream().map(ReasonView::of).toList(),
        judged.members().stream().map(LayerView::of).toList(),
        new TermsView(
            List.copyOf(terms.licenses()),
            terms.commercial(),
            terms.attribution(),
            terms.shareAlike(),
            terms.useRestricted(),
            terms.releases().stream().sorted().map(Release::toString).toList(),
            terms.credits()),
        new NeedsView(
            verdict.needs().memoryMb(),
            verdict.needs().storageBytes(),
            verdict.needs().complete()));
  }

  /**
   * One thing that speaks against it.
   *
   * @param code such as BASE_DIFFERS (docs/compatibility.md has all)
   * @param severity warn or fail
   * @param layers whom it is about
   * @param path how one gets there from a layer that was asked for
   */
  @Schema(name = "CompatibilityReason")
  public record ReasonView(
      String code, String severity, String message, List<String> layers, List<String> path) {
    static ReasonView of(Reason reason) {
      return new ReasonView(
          reason.code().name(),
          reason.severity().toString(),
          reason.message(),
          reason.layers().stream().map(LayerName::toString).toList(),
          reason.path());
    }
  }

  /**
   * A layer of it.
   *
   * @param path from a layer that was asked for to this one
   */
  @Schema(name = "CompatibilityLayer")
  public record LayerView(String layer, String digest, List<String> path) {
    static LayerView of(Member member) {
      return new LayerView(
          member.name().toString(),
          member.digest().toHex(),
          member.path().stream().map(LayerName::toString).toList());
    }
  }

  /**
   * What the licences come to.
   *
   * @param commercial whether commercial use is allowed; absent if terms are missing or unknown
   * @param releases what the whole may be passed on under; empty if it may not
   * @param credits what to show where authors must be named
   */
  @Schema(name = "CompatibilityTerms")
  public record TermsView(
      List<String> licenses,
      @Nullable Boolean commercial,
      boolean attribution,
      boolean shareAlike,
      boolean useRestricted,
      List<String> releases,
      List<String> credits) {}

  /**
   * What it takes.
   *
   * @param memoryMb in 10^6 bytes
   * @param complete whether every layer states its memory; else it is at least that
   */
  @Schema(name = "CompatibilityNeeds")
  public record NeedsView(long memoryMb, long storageBytes, boolean complete) {}
}
