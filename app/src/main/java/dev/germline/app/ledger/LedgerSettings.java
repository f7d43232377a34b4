package dev.germline.app.ledger;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.time.Duration;

/**
 * The ledger's limits.
 *
 * @param maxGroup batches in one commit at most
 * @param maxWaiting batches waiting for a commit at most; more are refused (OVERLOADED)
 * @param commitTimeout how long a writer waits for its commit
 * @param visibleTimeout how long a write or a read waits for the projection into the graph
 * @param maxProjectionLag commits the projection may lie behind before writes are refused
 *     (PROJECTION_BEHIND)
 */
@ConfigurationProperties("germline.ledger")
public record LedgerSettings(
    int maxGroup,
    int maxWaiting,
    Duration commitTimeout,
    Duration visibleTimeout,
    long maxProjectionLag) {}
