package dev.germline.app.layers;

import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerRef;
import dev.germline.core.layers.LayerStatus;
import dev.germline.core.layers.LayerType;
import dev.germline.core.layers.Sharing.Visibility;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the registry knows of a published layer without opening its record.
 *
 * @param id of the record as a CP document
 * @param digest BLAKE3 of the record
 * @param creator who made it
 * @param createdAt as the record says, to the millisecond
 * @param status by its last standing status claim
 * @param ledgerSequence of the state root that first carries it
 */
public record LayerRow(
    EntityId id,
    Digest digest,
    LayerName name,
    LayerType type,
    String creator,
    Instant createdAt,
    Visibility visibility,
    LayerStatus status,
    @Nullable String description,
    long ledgerSequence) {
  /** Where the layer stands in listings that are in the order of the ledger. */
  public String place() {
    return new Cursor(ledgerSequence, id).toString();
  }

  /** The layer, pinned. */
  public LayerRef ref() {
    return new LayerRef(name, digest);
  }
}
