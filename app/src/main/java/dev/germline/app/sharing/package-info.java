/** Sharing: finding layers, here and elsewhere, offering them, validating them, paying for them. */
@NullMarked
package dev.germline.app.sharing;

import org.jspecify.annotations.NullMarked;
