/**
 * The stores of the tests: Testcontainers where a Docker engine answers, else the embedded ones.
 */
@NullMarked
package dev.germline.testing;

import org.jspecify.annotations.NullMarked;
