/**
 * Measurements and uses of layers in MySQL: taken in batches, summed up by day, kept in monthly
 * partitions (docs/metrics.md).
 */
@NullMarked
package dev.germline.app.metrics;

import org.jspecify.annotations.NullMarked;
