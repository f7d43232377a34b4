/**
 * The keys of encryption at rest: data keys, which encrypt segments and are stored wrapped, and
 * master keys, which wrap them and are not stored.
 */
@NullMarked
package dev.germline.blobstore.keys;

import org.jspecify.annotations.NullMarked;
