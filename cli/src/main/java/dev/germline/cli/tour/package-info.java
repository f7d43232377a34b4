/** The main job in one command, on real weights. */
@NullMarked
package dev.germline.cli.tour;

import org.jspecify.annotations.NullMarked;
