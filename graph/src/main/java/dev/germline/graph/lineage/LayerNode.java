package dev.germline.graph.lineage;

import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerType;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityId;

/**
 * A layer in a lineage.
 *
 * @param depth the fewest steps from the layer that was asked about, which itself has 0
 */
public record LayerNode(EntityId id, LayerName name, Digest digest, LayerType type, int depth) {}
