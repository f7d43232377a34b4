/** Where layers come from: lineage, edges, claims. */
@NullMarked
package dev.germline.cli.lineage;

import org.jspecify.annotations.NullMarked;
