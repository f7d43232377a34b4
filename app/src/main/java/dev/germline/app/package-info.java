/**
 * The server: one package per feature, and the composition root. Every object that is ours and
 * lives as long as the server is made in one of the {@code *Wiring} classes here, one for each
 * group of features, and nowhere else; controllers and filters, which Micronaut finds itself, take
 * these as constructor arguments.
 */
@NullMarked
package dev.germline.app;

import org.jspecify.annotations.NullMarked;
