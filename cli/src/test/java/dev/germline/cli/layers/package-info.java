@NullMarked
package dev.germline.cli.layers;

import org.jspecify.annotations.NullMarked;
