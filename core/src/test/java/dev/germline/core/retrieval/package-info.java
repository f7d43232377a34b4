@NullMarked
package dev.germline.core.retrieval;

import org.jspecify.annotations.NullMarked;
