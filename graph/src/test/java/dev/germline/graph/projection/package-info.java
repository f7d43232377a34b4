@NullMarked
package dev.germline.graph.projection;

import org.jspecify.annotations.NullMarked;
