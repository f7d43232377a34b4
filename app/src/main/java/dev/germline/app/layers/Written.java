package dev.germline.app.layers;

/**
 * What a write came to.
 *
 * @param fresh false when exactly this was there before
 * @param sequence the ledger sequence that carries it
 */
public record Written<T>(T value, boolean fresh, long sequence) {}
