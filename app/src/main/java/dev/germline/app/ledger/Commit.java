package dev.germline.app.ledger;

import dev.germline.core.substrate.Digest;

/**
 * A batch that is durable.
 *
 * @param sequence of the state root that carries it; batches committed as one group share it
 * @param root the v1 state root after it
 * @param recordHash of the signed record
 */
public record Commit(long sequence, Digest root, Digest recordHash) {}
