/** Deterministic CBOR (RFC 8949 section 4.2.1), written and read with bounds. */
@NullMarked
package dev.germline.core.cbor;

import org.jspecify.annotations.NullMarked;
