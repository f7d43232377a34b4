/**
 * The arithmetic of measurements, without storage: what a measurement may be, summaries that can be
 * added to and merged, percentiles, trends, periods, the performance profile
 * (specs/genomic-data-architecture.md), and which monthly partitions there must be.
 */
@NullMarked
package dev.germline.core.metrics;

import org.jspecify.annotations.NullMarked;
