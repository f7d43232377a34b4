package dev.germline.app.http;

import io.swagger.v3.oas.annotations.media.Schema;
import java.io.InputStream;

/**
 * Bytes as the body of a response.
 *
 * @param bytes closed when they were sent, or the client is gone
 * @param length how many there are
 */
@Schema(type = "string", format = "binary")
public record Download(InputStream bytes, long length) {}
