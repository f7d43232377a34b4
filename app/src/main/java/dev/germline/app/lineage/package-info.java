/** Where layers come from and what came of them, asked of the graph. */
@NullMarked
package dev.germline.app.lineage;

import org.jspecify.annotations.NullMarked;
