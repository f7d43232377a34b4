package dev.germline.cli.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Stop;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.Client;
import dev.germline.cli.server.Json;
import dev.germline.cli.server.Retry;
import dev.germline.cli.server.ServerCommand;
import dev.germline.cli.terminal.Sizes;
import dev.germline.core.layers.LayerName;
import dev.germline.core.merkle.Blake3;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "measure",
    description = {
      "Keeps what was measured of a layer: one value, or many from a file.",
      "  germline measure acme/helpdesk@1.0.0 --task triage --metric accuracy 0.93",
      "  germline measure --file runs.ndjson",
      "A line of the file is {\"layer\", \"taskType\", \"metricType\", \"value\", \"measuredAt\","
          + " \"context\"}.",
      "Without a layer here each line names its own. A file that was sent before counts once."
    })
public final class MeasureCommand extends ServerCommand {
  private static final int LINES = 5_000;
  private static final int CHARACTERS = 2 << 20;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "NAME@VERSION",
      description = "The layer that was measured.")
  private @Nullable String name;

  @Parameters(index = "1", arity = "0..1", paramLabel = "VALUE", description = "What came out.")
  private @Nullable Double value;

  @Option(names = "--task", paramLabel = "TASK", description = "What was done, such as retrieval.")
  private @Nullable String task;

  @Option(
      names = "--metric",
      paramLabel = "METRIC",
      description = "What was measured, with its unit, such as accuracy or latency-ms.")
  private @Nullable String metric;

  @Option(names = "--at", paramLabel = "TIME", description = "When (default: now).")
  private @Nullable Instant at;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Many of them, one JSON object a line (NDJSON).")
  private @Nullable Path file;

  public MeasureCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    String path =
        name == null
            ? "/api/v1/measurements"
            : Client.layer(LayerName.parse(name)) + "/measurements";
    long kept = file == null ? one(path) : many(path, file);
    if (json()) {
      print(Json.object().put("measurements", kept));
    } else {
      terminal().line("kept: " + Sizes.count(kept));
    }
    return ExitCode.OK;
  }

  private long one(String path) {
    if (name == null || value == null || task == null || metric == null) {
      throw new Stop(ExitCode.USAGE, "give a layer, --task, --metric and a value, or --file", null);
    }
    ObjectNode measurement =
        Json.object().put("taskType", task).put("metricType", metric).put("value", value);
    if (at != null) {
      measurement.put("measuredAt", at.toString());
    }
    return send(connect(), path, measurement.toString(), UUID.randomUUID().toString());
  }

  /** Each part has a key of its bytes and its place, so that sending it again counts once. */
  private long many(String path, Path from) {
    if (value != null || task != null || metric != null || at != null) {
      throw new Stop(
          ExitCode.USAGE, "with --file the lines say the task, the metric, the value and the time");
    }
    Client client = connect();
    long kept = 0;
    long first = 1;
    try (BufferedReader lines = Files.newBufferedReader(from)) {
      StringBuilder part = new StringBuilder();
      int count = 0;
      long number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          part.append(line);
          count++;
        }
        part.append('\n');
        if (count == LINES || part.length() > CHARACTERS) {
          kept += part(client, path, part.toString(), first);
          part.setLength(0);
          count = 0;
          first = number + 1;
        }
      }
      return count == 0 ? kept : kept + part(client, path, part.toString(), first);
    } catch (IOException unreadable) {
      throw new Stop(ExitCode.LOCAL, "cannot read " + from + ": " + unreadable.getMessage());
    }
  }

  private static long part(Client client, String path, String part, long firstLine) {
    String key = Blake3.hash((firstLine + "\n" + part).getBytes(StandardCharsets.UTF_8)).toHex();
    try {
      return send(client, path, part, key);
    } catch (Stop refused) {
      if (refused.exit() == ExitCode.REFUSED && firstLine > 1) {
        throw new Stop(
            ExitCode.REFUSED,
            "%s (lines count from line %d of the file; those before it were kept)"
                .formatted(refused.line(), firstLine),
            refused.hint(),
            refused);
      }
      throw refused;
    }
  }

  private static long send(Client client, String path, String body, String key) {
    JsonNode taken =
        Retry.patient()
            .call(() ->
                client
                    .post(
                        path,
                        body.getBytes(StandardCharsets.UTF_8),
                        Map.of("Content-Type", "application/x-ndjson", "Idempotency-Key", key))
                    .json());
    return taken.path("measurements").asLong();
  }
}
