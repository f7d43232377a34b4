@NullMarked
package dev.germline.core.sharing;

import org.jspecify.annotations.NullMarked;
