/**
 * May these layers be combined, and shipped: the rules of the compatibility gate
 * (docs/compatibility.md). Pure functions of what records, files and claims say.
 */
@NullMarked
package dev.germline.core.compatibility;

import org.jspecify.annotations.NullMarked;
