/** Tests of segments. */
@NullMarked
package dev.germline.blobstore.segment;

import org.jspecify.annotations.NullMarked;
