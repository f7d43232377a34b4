package dev.germline.app.assembly;

import dev.germline.core.layers.LayerName;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityId;
import java.time.Instant;

/**
 * What is known of a published assembly without opening its record.
 *
 * @param intention what its author decided, see {@code AssemblyJson.intention}
 * @param outcome of the gate when it was published
 */
public record AssemblyRow(
    EntityId id,
    Digest digest,
    Digest intention,
    LayerName name,
    String creator,
    Instant createdAt,
    String visibility,
    String outcome,
    long ledgerSequence) {}
