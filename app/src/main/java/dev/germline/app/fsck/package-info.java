/** Whether the three stores say the same, and what is wrong if they do not. */
@NullMarked
package dev.germline.app.fsck;

import org.jspecify.annotations.NullMarked;
