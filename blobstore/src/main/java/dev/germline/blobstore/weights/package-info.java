/** Files as pieces: cutting them by their tensors, storing each piece once, reading them back. */
@NullMarked
package dev.germline.blobstore.weights;

import org.jspecify.annotations.NullMarked;
