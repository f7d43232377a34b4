/** Tests against the S3 store of {@link dev.germline.testing.TestStores}. */
@NullMarked
package dev.germline.blobstore;

import org.jspecify.annotations.NullMarked;
