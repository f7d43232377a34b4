@NullMarked
package dev.germline.graph.audit;

import org.jspecify.annotations.NullMarked;
