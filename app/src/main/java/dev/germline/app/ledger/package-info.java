/**
 * The ledger: group commit of facts into signed state roots, their feed to the graph, and the check
 * that all stores agree (docs/life-of-a-fact.md).
 */
@NullMarked
package dev.germline.app.ledger;

import org.jspecify.annotations.NullMarked;
