@NullMarked
package dev.germline.blobstore.weights;

import org.jspecify.annotations.NullMarked;
