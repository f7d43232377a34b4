/** Who is asking: JWTs, the two roles, the local admin's token. */
@NullMarked
package dev.germline.app.identity;

import org.jspecify.annotations.NullMarked;
