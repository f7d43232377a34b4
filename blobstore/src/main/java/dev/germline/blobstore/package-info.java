/**
 * The bytes of blobs in an S3 store: content-addressed, hashed on the way in, never held in memory
 * whole. Knows nothing of who may read what; that is the registry's.
 */
@NullMarked
package dev.germline.blobstore;

import org.jspecify.annotations.NullMarked;
