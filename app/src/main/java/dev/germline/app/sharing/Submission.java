package dev.germline.app.sharing;

import dev.germline.core.layers.Contribution;
import dev.germline.core.layers.LayerRef;
import dev.germline.core.sharing.SubmissionState;
import dev.germline.core.substrate.EntityId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A layer offered to the registry.
 *
 * @param contributions who had a part in it; their shares are together exactly 1
 * @param history what happened to it, oldest first
 */
record Submission(
    EntityId id,
    LayerRef layer,
    String submitter,
    SubmissionState state,
    Instant createdAt,
    List<Contribution> contributions,
    List<Step> history) {
  /** Something that happened to it. */
  record Step(String event, String by, Instant at, @Nullable String note) {}
}
