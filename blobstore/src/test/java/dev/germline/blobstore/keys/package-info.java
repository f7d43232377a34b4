/** Tests of keys. */
@NullMarked
package dev.germline.blobstore.keys;

import org.jspecify.annotations.NullMarked;
