/**
 * How weights are stored: pieces of tensors in, self-describing frames out, and back. Pure
 * functions, no I/O. docs/weight-format.md describes a frame byte by byte.
 */
@NullMarked
package dev.germline.blobstore.encoding;

import org.jspecify.annotations.NullMarked;
