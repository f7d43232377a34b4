package dev.germline.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.Surroundings;
import java.util.function.Predicate;
import picocli.CommandLine.Option;

/** A command that starts something long on the server, and waits for it unless told not to. */
public abstract class TaskCommand extends ServerCommand {
  @Option(
      names = "--wait",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Wait for the end (default); --no-wait only starts it.")
  private boolean wait;

  protected TaskCommand(Surroundings surroundings) {
    super(surroundings);
  }

  /** Whether the end is waited for. */
  protected final boolean waits() {
    return wait;
  }

  /**
   * Starts it.
   *
   * @param what for messages
   * @param start the path that is posted to
   * @param report the path that tells how it goes
   * @param ended whether a report is that of its end
   * @return the report of its end; where the end is not waited for, the first answer
   */
  protected final JsonNode perform(
      Client client, String what, String start, String report, Predicate<JsonNode> ended) {
    JsonNode started = client.post(start, null).json();
    return wait ? Waiting.until(what, () -> client.get(report), ended) : started;
  }

  /** As {@link #perform(Client, String, String, String, Predicate)} of what has a state. */
  protected final JsonNode perform(Client client, String what, String start, String report) {
    return perform(
        client,
        what,
        start,
        report,
        answer -> !answer.path("state").asText().equalsIgnoreCase("running"));
  }
}
