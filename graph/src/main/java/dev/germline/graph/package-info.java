/** The Cypher files by name, and the schema they stand on. */
@NullMarked
package dev.germline.graph;

import org.jspecify.annotations.NullMarked;
