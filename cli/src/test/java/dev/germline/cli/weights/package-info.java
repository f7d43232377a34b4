@NullMarked
package dev.germline.cli.weights;

import org.jspecify.annotations.NullMarked;
