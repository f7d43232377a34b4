/** The {@code germline} command: how it is started and how it ends. */
@NullMarked
package dev.germline.cli;

import org.jspecify.annotations.NullMarked;
