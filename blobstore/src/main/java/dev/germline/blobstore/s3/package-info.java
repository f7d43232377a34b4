/** One bucket of an S3 store: requests with bounded repetition, failures in our own words. */
@NullMarked
package dev.germline.blobstore.s3;

import org.jspecify.annotations.NullMarked;
