package dev.germline.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Stop;
import dev.germline.cli.Surroundings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server, and as whom. */
public final class ServerOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Data directory of the server on this machine (default: $GERMLINE_HOME, else ~/.germline).")
  private @Nullable Path data;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "Another server (default: $GERMLINE_SERVER).")
  private @Nullable String server;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "File with the token (default: $GERMLINE_TOKEN, or the data directory's).")
  private @Nullable Path tokenFile;

  /** The client of that server. */
  public Client connect(Surroundings around) {
    return connect(locate(around));
  }

  /** The client of a server found before. */
  public Client connect(Location location) {
    return new Client(location.url(), location.token());
  }

  /**
   * What is known before anything is asked.
   *
   * @param token null to ask without one
   * @param described server.json of a local server; empty object for another
   * @param data the local server's data directory, null for another server
   */
  public record Location(
      URI url, @Nullable String token, JsonNode described, @Nullable Path data) {}

  /**
   * Finds the server: {@code --server}, {@code --data}, then the environment, then the home.
   *
   * @throws Stop UNREACHABLE when none is running there, USAGE for a URL that is none
   */
  public Location locate(Surroundings around) {
    String given = server != null ? server : data != null ? "" : around.variable("GERMLINE_SERVER");
    if (!given.isEmpty()) {
      // Another server never sees the token of the one on this machine.
      return new Location(url(given), token(around, null), Json.object(), null);
    }
    Path directory = dataDirectory(around);
    Path file = directory.resolve("server.json");
    JsonNode described;
    try {
      described = Json.read(Files.readAllBytes(file));
    } catch (NoSuchFileException notUp) {
      throw new Stop(
          ExitCode.UNREACHABLE,
          "Germline is not running on " + directory,
          "`./germline up -d` starts it; --data or --server names another one");
    } catch (IOException unreadable) {
      throw new Stop(ExitCode.LOCAL, "cannot read " + file + ": " + unreadable.getMessage());
    }
    return new Location(
        url(described.path("url").asText()), token(around, directory), described, directory);
  }

  private Path dataDirectory(Surroundings around) {
    if (data != null) {
      return data.toAbsolutePath().normalize();
    }
    String home = around.variable("GERMLINE_HOME");
    return home.isEmpty()
        ? around.home().resolve(".germline")
        : Path.of(home).toAbsolutePath().normalize();
  }

  private static URI url(String text) {
    try {
      URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null && uri.getRawQuery() == null) {
        return uri;
      }
    } catch (IllegalArgumentException notAUri) {
      // Said below.
    }
    throw new Stop(
        ExitCode.USAGE, "'" + text + "' is no server; give one such as http://localhost:8080");
  }

  private @Nullable String token(Surroundings around, @Nullable Path directory) {
    if (tokenFile != null) {
      return read(tokenFile);
    }
    String given = around.variable("GERMLINE_TOKEN");
    if (!given.isEmpty()) {
      return given;
    }
    if (directory == null || !Files.exists(directory.resolve("admin.token"))) {
      return null;
    }
    return read(directory.resolve("admin.token"));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new Stop(ExitCode.LOCAL, "cannot read the token in " + file + ": " + e.getMessage());
    }
  }
}
