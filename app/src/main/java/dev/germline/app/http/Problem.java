package dev.germline.app.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * What went wrong, as RFC 9457 {@code application/problem+json}.
 *
 * @param type {@code urn:germline:fault:CODE}
 * @param title the status in words
 * @param status the HTTP status
 * @param detail what was wrong, with the offending value, and what to do
 * @param instance the path asked for
 * @param code name of the {@link dev.germline.core.Fault}
 * @param requestId what to quote when asking for help; stands in the log
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "Problem")
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String instance,
    String code,
    String requestId) {}
