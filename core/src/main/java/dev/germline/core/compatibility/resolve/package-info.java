/**
 * Which versions go together: dependencies by semantic-version range, resolved by conflict-driven
 * search (PubGrub, Weizenbaum 2018) and explained when there is no answer.
 */
@NullMarked
package dev.germline.core.compatibility.resolve;

import org.jspecify.annotations.NullMarked;
