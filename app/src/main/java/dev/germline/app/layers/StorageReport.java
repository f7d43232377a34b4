package dev.germline.app.layers;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all layers that the reader may see take in the store.
 *
 * @param rawBytes of their files
 * @param distinctBytes of their pieces, each counted once
 * @param storedBytes of the frames of these
 * @param saved part of rawBytes that storedBytes is less; below 0 if it is more
 * @param encodings what the pieces became, the largest first
 * @param objects the objects in S3; for admins only
 */
@Schema(name = "StorageReport")
record StorageReport(
    long layers,
    long files,
    long rawBytes,
    long distinctBytes,
    long storedBytes,
    double saved,
    List<EncodingUse> encodings,
    @Nullable Objects objects) {
  /**
   * The objects in S3.
   *
   * @param segments how many
   * @param segmentBytes of them
   * @param unpublishedBytes of frames that no layer has, but an upload or another piece needs
   * @param deadBytes of frames that nothing needs, and of what is no frame: room that collection
   *     will free, and 40 to 56 bytes of index for each frame
   */
  @Schema(name = "StorageObjects")
  record Objects(long segments, long segmentBytes, long unpublishedBytes, long deadBytes) {}
}
