/** Layers and their files: push, pull, show, list. */
@NullMarked
package dev.germline.cli.layers;

import org.jspecify.annotations.NullMarked;
