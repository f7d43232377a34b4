/**
 * The stores of one machine without Docker: real Neo4j, MariaDB and S3Proxy as child processes on a
 * data directory, and the app beside them when asked for.
 */
@NullMarked
package dev.germline.embedded.stores;

import org.jspecify.annotations.NullMarked;
