package dev.germline.core.layers;

import java.time.Instant;

/**
 * Something that somebody said at some time, as a fact in the ledger: how two layers relate, what
 * is so of one layer, or what is to be held of another claim (docs/claims.md). A claim is never
 * changed and never removed; replies say what became of it ({@link Standing}).
 */
public sealed interface Claim permits Relationship, Statement, Reply {
  /** Who says so. */
  String assertedBy();

  /** When it was said, in milliseconds. */
  Instant assertedAt();

  /** What is said. */
  ClaimKind kind();
}
