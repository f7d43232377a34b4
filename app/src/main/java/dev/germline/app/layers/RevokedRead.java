package dev.germline.app.layers;

import dev.germline.core.layers.LayerName;
import dev.germline.core.substrate.EntityId;
import java.time.Instant;

/**
 * That somebody asked for bytes of a revoked layer, knowing that it is, and was handed them.
 *
 * @param what file or tensor, such as {@code file model.safetensors}
 * @param firstAt of that day of UTC
 * @param requests on that day, at least 1: each range is one, and so is a HEAD
 */
record RevokedRead(
    EntityId id,
    LayerName layer,
    String reader,
    String what,
    Instant firstAt,
    Instant lastAt,
    long requests) {}
