/** {@code germline measure} and {@code germline metrics}: how good layers are. */
@NullMarked
package dev.germline.cli.metrics;

import org.jspecify.annotations.NullMarked;
