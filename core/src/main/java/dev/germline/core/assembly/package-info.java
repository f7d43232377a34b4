/**
 * Assemblies: layers put together with order, weights and connections (docs/assembly.md). Pure
 * rules: what is well formed, what to expect of it, what pins it.
 */
@NullMarked
package dev.germline.core.assembly;

import org.jspecify.annotations.NullMarked;
