/** What {@code ./germline up} and its siblings run: the supervisor of one machine's set. */
@NullMarked
package dev.germline.embedded.launcher;

import org.jspecify.annotations.NullMarked;
