@NullMarked
package dev.germline.embedded.launcher;

import org.jspecify.annotations.NullMarked;
