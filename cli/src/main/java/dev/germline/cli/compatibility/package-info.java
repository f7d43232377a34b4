/** What goes together, asked of a server. */
@NullMarked
package dev.germline.cli.compatibility;

import org.jspecify.annotations.NullMarked;
