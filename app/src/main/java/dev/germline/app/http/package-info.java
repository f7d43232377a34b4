/** What every request shares: problems (RFC 9457), request ids, the callers' way in. */
@NullMarked
package dev.germline.app.http;

import org.jspecify.annotations.NullMarked;
