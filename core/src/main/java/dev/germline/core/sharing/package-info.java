/** The rules of sharing: submissions and rewards. */
@NullMarked
package dev.germline.core.sharing;

import org.jspecify.annotations.NullMarked;
