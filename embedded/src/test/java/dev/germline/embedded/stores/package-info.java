@NullMarked
package dev.germline.embedded.stores;

import org.jspecify.annotations.NullMarked;
