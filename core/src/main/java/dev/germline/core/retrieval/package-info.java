/** How texts are found: embeddings, and the fusion of rankings. */
@NullMarked
package dev.germline.core.retrieval;

import org.jspecify.annotations.NullMarked;
