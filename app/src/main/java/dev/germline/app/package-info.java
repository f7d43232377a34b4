/**
 * The server: one package per feature, and the one composition root, {@link
 * dev.germline.app.Wiring}.
 */
@NullMarked
package dev.germline.app;

import org.jspecify.annotations.NullMarked;
