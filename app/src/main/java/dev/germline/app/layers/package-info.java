/** Layers: published, found, read, claimed about and measured. */
@NullMarked
package dev.germline.app.layers;

import org.jspecify.annotations.NullMarked;
