/**
 * What licences ask and allow, and what is left of that when layers under several of them are
 * combined. A table of well-known terms (spdx-terms.csv), not legal advice.
 */
@NullMarked
package dev.germline.core.compatibility.license;

import org.jspecify.annotations.NullMarked;
