/**
 * Whole-process measurements, each beside a peer or a limit from the same run (bench/README.md).
 */
@NullMarked
package dev.germline.bench;

import org.jspecify.annotations.NullMarked;
