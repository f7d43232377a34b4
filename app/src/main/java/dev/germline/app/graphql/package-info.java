/**
 * The registry over GraphQL: the same services as over REST, asked with the same caller. One class
 * and one schema file for each feature; what a page of layers needs is asked for once, for all.
 */
@NullMarked
package dev.germline.app.graphql;

import org.jspecify.annotations.NullMarked;
