/** Finding layers, offering them, and saying whether they are to be used. */
@NullMarked
package dev.germline.cli.sharing;

import org.jspecify.annotations.NullMarked;
