package dev.germline.app.config;

import io.micronaut.context.annotation.ConfigurationProperties;

/**
 * How the server runs.
 *
 * @param dev one person's machine: generated keys are fine (GERMLINE_DEV)
 */
@ConfigurationProperties("germline")
public record RuntimeSettings(boolean dev) {}
