/** Whether the graph is what the ledger says, element by element. */
@NullMarked
package dev.germline.graph.audit;

import org.jspecify.annotations.NullMarked;
