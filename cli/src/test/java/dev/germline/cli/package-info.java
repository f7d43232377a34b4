@NullMarked
package dev.germline.cli;

import org.jspecify.annotations.NullMarked;
