/** Pure functions and values: no I/O, no clock it was not given, no framework. */
@NullMarked
package dev.germline.core;

import org.jspecify.annotations.NullMarked;
