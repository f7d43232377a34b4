/** Whether the stores answer now, for load balancers and people. */
@NullMarked
package dev.germline.app.health;

import org.jspecify.annotations.NullMarked;
