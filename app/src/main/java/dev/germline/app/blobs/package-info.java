/** Blobs: receiving them in every way, who holds them, reading them back. */
@NullMarked
package dev.germline.app.blobs;

import org.jspecify.annotations.NullMarked;
