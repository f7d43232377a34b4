@NullMarked
package dev.germline.testing;

import org.jspecify.annotations.NullMarked;
