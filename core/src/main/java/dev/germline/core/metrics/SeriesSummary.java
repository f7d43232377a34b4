package dev.germline.core.metrics;

/** The summary of what one metric said of one task. */
public record SeriesSummary(String taskType, String metricType, Summary summary) {}
