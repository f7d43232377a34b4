/**
 * The entities of CP-001: documents, chunks, embeddings and edges, their ids and canonical bytes.
 */
@NullMarked
package dev.germline.core.substrate;

import org.jspecify.annotations.NullMarked;
