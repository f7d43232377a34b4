package dev.germline.core.layers;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * How a layer was examined before it was published (specs/genomic-data-architecture.md,
 * LayerProvenance.validation). Examinations after that are claims.
 *
 * @param testingProcedure in prose
 * @param qualityMetrics by name, at most 256
 * @param peerReview at most 256
 */
public record QualityAssurance(
    @Nullable String testingProcedure,
    SortedMap<String, Double> qualityMetrics,
    List<PeerReview> peerReview,
    @Nullable SafetyValidation safetyValidation) {
  public QualityAssurance {
    testingProcedure = Check.optionalText("testingProcedure", testingProcedure, 16_384);
    qualityMetrics = Check.measurements("qualityMetrics", qualityMetrics, 256);
    peerReview = Check.list("peerReview", peerReview, 256);
  }

  /**
   * What a reviewer said.
   *
   * @param rating from 0 to 1
   */
  public record PeerReview(
      String reviewer, Instant at, @Nullable Double rating, @Nullable String comment) {
    public PeerReview {
      Check.text("reviewer", reviewer);
      at = Check.instant("at", at);
      rating = rating == null ? null : Double.valueOf(Check.unit("rating", rating));
      comment = Check.optionalText("comment", comment, 16_384);
    }
  }
}
