/** What an operator sets: one record per store or feature, checked before anything starts. */
@NullMarked
package dev.germline.app.config;

import org.jspecify.annotations.NullMarked;
