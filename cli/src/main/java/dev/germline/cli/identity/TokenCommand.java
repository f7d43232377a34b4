package dev.germline.cli.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.Json;
import dev.germline.cli.server.ServerCommand;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "token", description = "Makes a token for a user or a machine (admins only).")
public final class TokenCommand extends ServerCommand {
  @Parameters(paramLabel = "USER", description = "Whose it is.")
  private String subject = "";

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      defaultValue = "user",
      description = "user or admin (default: ${DEFAULT-VALUE}).")
  private String role = "user";

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      description = "How long it holds, such as PT8H or P30D (default: the server's).")
  private @Nullable String ttl;

  public TokenCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    ObjectNode asked = Json.object();
    asked.put("subject", subject).put("role", role.toUpperCase(Locale.ROOT));
    if (ttl != null) {
      asked.put("ttl", ttl);
    }
    JsonNode issued = connect().post("/api/v1/tokens", asked).json();
    if (json()) {
      print(issued);
    } else {
      terminal().line(issued.path("token").asText());
    }
    return ExitCode.OK;
  }
}
