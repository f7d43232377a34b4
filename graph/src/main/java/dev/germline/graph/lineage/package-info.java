/** What the graph knows of a layer's relatives, as far as the viewer may see them. */
@NullMarked
package dev.germline.graph.lineage;

import org.jspecify.annotations.NullMarked;
