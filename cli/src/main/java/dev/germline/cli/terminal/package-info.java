/** What a person sees: lines, trees, tables and progress; plain text where nobody watches. */
@NullMarked
package dev.germline.cli.terminal;

import org.jspecify.annotations.NullMarked;
