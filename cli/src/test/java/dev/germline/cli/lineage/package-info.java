@NullMarked
package dev.germline.cli.lineage;

import org.jspecify.annotations.NullMarked;
