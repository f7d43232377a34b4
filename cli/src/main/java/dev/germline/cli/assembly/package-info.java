/** Layers put together, pinned and exported. */
@NullMarked
package dev.germline.cli.assembly;

import org.jspecify.annotations.NullMarked;
