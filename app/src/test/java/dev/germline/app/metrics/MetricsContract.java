package dev.germline.app.metrics;

/** What measurements and usage promise over HTTP, on every SQL server they run on. */
interface MetricsContract
    extends MeasuringContract, SummariesContract, UsageContract, PartitionsContract {}
