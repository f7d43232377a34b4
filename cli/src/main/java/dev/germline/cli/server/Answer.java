package dev.germline.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Stop;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.OptionalLong;

/** What the server said. The body is read whole. */
public final class Answer {
  private final int status;
  private final HttpHeaders headers;
  private final byte[] bytes;

  private Answer(int status, HttpHeaders headers, byte[] bytes) {
    this.status = status;
    this.headers = headers;
    this.bytes = bytes;
  }

  static Answer of(HttpResponse<byte[]> response) {
    return new Answer(response.statusCode(), response.headers(), response.body());
  }

  public int status() {
    return status;
  }

  /** The body; not copied. */
  public byte[] bytes() {
    return bytes;
  }

  /** A header that is a number. */
  OptionalLong number(String header) {
    return headers.firstValueAsLong(header);
  }

  /** What the ETag quotes; empty if there is none. */
  public String etag() {
    return headers.firstValue("ETag").orElse("").replace("\"", "");
  }

  /** The body as JSON. */
  public JsonNode json() {
    try {
      return Json.read(bytes);
    } catch (IOException broken) {
      throw new Stop(
          ExitCode.UNREACHABLE, "the answer is not JSON; is this a Germline server?", null, broken);
    }
  }

  public boolean ok() {
    return status >= 200 && status < 300;
  }

  /** How much of an upload the server has. */
  public OptionalLong uploadOffset() {
    return headers.firstValueAsLong("Upload-Offset");
  }

  /** This answer if it is a 2xx. */
  public Answer orStop() {
    if (ok()) {
      return this;
    }
    throw Problems.stop(status, bytes);
  }
}
