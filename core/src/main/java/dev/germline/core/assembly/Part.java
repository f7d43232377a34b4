package dev.germline.core.assembly;

import dev.germline.core.layers.LayerRef;

/**
 * A layer of an assembly. Its place in the list is its place in the order.
 *
 * @param id what connections call it, unique in the assembly
 * @param weight its influence, -100 to 100; most often 0 to 1
 */
public record Part(String id, LayerRef layer, double weight) {}
