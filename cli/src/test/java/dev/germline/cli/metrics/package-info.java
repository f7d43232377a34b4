@NullMarked
package dev.germline.cli.metrics;

import org.jspecify.annotations.NullMarked;
