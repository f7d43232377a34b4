package dev.germline.core.ledger;

/**
 * A state root record as it is stored and shown.
 *
 * @param v1 signature of {@link StateRoot#payloadV1}, for any implementation of CP-001
 * @param v2 signature of {@link StateRoot#payloadV2}, which covers everything
 */
public record SignedStateRoot(StateRoot root, Signature v1, Signature v2) {}
