/**
 * Signed state roots, the rules of their chain, and diffs between them (CP-001 sections 5 and 6).
 */
@NullMarked
package dev.germline.core.ledger;

import org.jspecify.annotations.NullMarked;
