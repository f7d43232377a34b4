/** The commands about stored weights: their keys and their health. */
@NullMarked
package dev.germline.cli.weights;

import org.jspecify.annotations.NullMarked;
