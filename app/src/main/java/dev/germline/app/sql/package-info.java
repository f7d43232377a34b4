/** MySQL: the schema at start, and transactions for the repositories of the features. */
@NullMarked
package dev.germline.app.sql;

import org.jspecify.annotations.NullMarked;
