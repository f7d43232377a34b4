@NullMarked
package dev.germline.cli.terminal;

import org.jspecify.annotations.NullMarked;
