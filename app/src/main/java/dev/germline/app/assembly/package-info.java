/** Assemblies: layers put together, published, exported and pinned. */
@NullMarked
package dev.germline.app.assembly;

import org.jspecify.annotations.NullMarked;
