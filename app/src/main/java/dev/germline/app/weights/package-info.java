/**
 * The weight store's tables: where pieces lie, under which keys, and what nobody needs any more.
 */
@NullMarked
package dev.germline.app.weights;

import org.jspecify.annotations.NullMarked;
