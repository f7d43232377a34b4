/** Where the server is, how it is asked, and what its refusals mean. */
@NullMarked
package dev.germline.cli.server;

import org.jspecify.annotations.NullMarked;
