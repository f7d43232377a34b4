/** The signed state: proofs and their offline verification, roots, fsck, the key. */
@NullMarked
package dev.germline.cli.ledger;

import org.jspecify.annotations.NullMarked;
