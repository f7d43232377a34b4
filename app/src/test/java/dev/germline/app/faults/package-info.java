/** What a registry survives: its processes, killed one by one while it works. */
@NullMarked
package dev.germline.app.faults;

import org.jspecify.annotations.NullMarked;
