@NullMarked
package dev.germline.graph.lineage;

import org.jspecify.annotations.NullMarked;
