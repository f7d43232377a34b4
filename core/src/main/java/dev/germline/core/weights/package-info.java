/** Files of model weights: recognised, read within bounds and never executed. */
@NullMarked
package dev.germline.core.weights;

import org.jspecify.annotations.NullMarked;
