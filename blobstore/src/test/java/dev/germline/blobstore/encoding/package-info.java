@NullMarked
package dev.germline.blobstore.encoding;

import org.jspecify.annotations.NullMarked;
