package dev.germline.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Stop;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a refusal of the server means to the person at the terminal: one line and a hint. */
final class Problems {
  private Problems() {}

  static Stop stop(int status, byte[] body) {
    JsonNode problem = read(body);
    String detail = problem.path("detail").asText("");
    String code = problem.path("code").asText("");
    if (detail.isEmpty()) {
      detail = "the server answered " + status;
    }
    ExitCode exit = status >= 500 || status == 429 ? ExitCode.UNREACHABLE : ExitCode.REFUSED;
    String line = code.isEmpty() ? detail : detail + " (" + code + ")";
    return Stop.refused(exit, line, hint(status, code, problem), problem);
  }

  private static JsonNode read(byte[] body) {
    try {
      return Json.read(body);
    } catch (IOException notOurs) {
      return Json.object();
    }
  }

  private static @Nullable String hint(int status, String code, JsonNode problem) {
    String request = problem.path("requestId").asText("");
    return switch (code) {
      case "LAYER_NOT_FOUND" ->
          "`germline list` shows what there is; layers you may not see are not found either";
      case "LAYER_EXISTS" -> "publish the change under a new version";
      case "PARENT_NOT_FOUND" -> "push the parent first, or correct its name";
      case "UNAUTHENTICATED" -> "give a token: --token-file FILE or GERMLINE_TOKEN";
      case "FORBIDDEN" -> "this needs another role; an admin makes tokens: `germline token`";
      case "PROJECTION_BEHIND", "OVERLOADED", "STORE_UNAVAILABLE" ->
          "try again shortly; `./germline status` shows the parts";
      default -> {
        if (status == 401) {
          yield "give a token: --token-file FILE or GERMLINE_TOKEN";
        }
        yield status >= 500 && !request.isEmpty()
            ? "the server's log has it under " + request
            : null;
      }
    };
  }
}
