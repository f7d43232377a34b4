package dev.germline.core.assembly;

/**
 * What to expect of an assembly for one task and metric (docs/assembly.md has the model).
 *
 * @param mean the expected value, in the metric's own unit
 * @param low lower end of the 90 % interval
 * @param high upper end of it
 * @param measured how many of its layers were measured for it
 */
public record Prediction(
    String task, String metric, double mean, double low, double high, int measured) {}
