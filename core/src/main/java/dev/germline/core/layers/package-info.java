/**
 * Model layers and the claims made about them: names, the five layer types, their rules and their
 * JSON (specs/genomic-data-architecture.md).
 */
@NullMarked
package dev.germline.core.layers;

import org.jspecify.annotations.NullMarked;
