/**
 * Segments: objects of some 16 MiB that hold the frames of many pieces, encrypted where the
 * installation wants it, in one or more replicas. docs/segment-format.md has their bytes.
 */
@NullMarked
package dev.germline.blobstore.segment;

import org.jspecify.annotations.NullMarked;
