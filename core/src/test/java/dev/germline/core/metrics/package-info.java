@NullMarked
package dev.germline.core.metrics;

import org.jspecify.annotations.NullMarked;
