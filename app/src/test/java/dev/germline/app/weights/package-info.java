/** Tests of stored weights: their keys and their health. */
@NullMarked
package dev.germline.app.weights;

import org.jspecify.annotations.NullMarked;
