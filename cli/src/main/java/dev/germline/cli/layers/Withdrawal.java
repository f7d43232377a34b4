package dev.germline.cli.layers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Stop;
import dev.germline.cli.terminal.Terminal;

/**
 * Whether a layer was taken back, by what the server says of it. Asked before any byte is fetched:
 * files that are here already would else be found good without a word.
 *
 * @param allowed whether bytes of a revoked layer are wanted all the same
 */
public record Withdrawal(boolean allowed) {
  /** Nothing of a revoked layer. */
  public static final Withdrawal RESPECTED = new Withdrawal(false);

  /**
   * Says a word of a yanked layer, and of a revoked one that is wanted all the same.
   *
   * @param described the layer as the server describes it
   * @throws Stop REFUSED for a revoked layer
   */
  public void check(JsonNode described, Terminal terminal) {
    String status = described.path("status").asText("active");
    if (status.equals("active")) {
      return;
    }
    String line = described.path("name").asText() + " was " + why(described);
    if (status.equals("revoked") && !allowed) {
      throw new Stop(
          ExitCode.REFUSED,
          line,
          "`germline dependents` shows what takes its place; --allow-revoked gets it to examine it");
    }
    terminal.note("warning: " + Terminal.plain(line));
  }

  /** Its status, and who says so and why. */
  public static String why(JsonNode described) {
    JsonNode because = described.path("because");
    String status = described.path("status").asText("active");
    return because.isMissingNode()
        ? status
        : "%s by %s on %s: %s"
            .formatted(
                status,
                because.path("by").asText(),
                because.path("at").asText(),
                because.path("reason").asText());
  }

  /** What is asked of the server with the path of bytes. */
  String query(char sign) {
    return allowed ? sign + "revoked=allow" : "";
  }
}
