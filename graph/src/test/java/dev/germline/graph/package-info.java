@NullMarked
package dev.germline.graph;

import org.jspecify.annotations.NullMarked;
