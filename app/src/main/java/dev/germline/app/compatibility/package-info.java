/** The compatibility gate: what goes together, and may be shipped. */
@NullMarked
package dev.germline.app.compatibility;

import org.jspecify.annotations.NullMarked;
