@NullMarked
package dev.germline.cli.ledger;

import org.jspecify.annotations.NullMarked;
