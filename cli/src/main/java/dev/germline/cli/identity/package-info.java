/** Tokens. */
@NullMarked
package dev.germline.cli.identity;

import org.jspecify.annotations.NullMarked;
