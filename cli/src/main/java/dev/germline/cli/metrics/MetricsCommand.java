package dev.germline.cli.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.cli.ExitCode;
import dev.germline.cli.Surroundings;
import dev.germline.cli.server.Client;
import dev.germline.cli.server.ServerCommand;
import dev.germline.cli.terminal.Sizes;
import dev.germline.cli.terminal.Table;
import dev.germline.cli.terminal.Terminal;
import dev.germline.core.layers.LayerName;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "metrics",
    description = {
      "What the measurements of a layer come to, by task and metric.",
      "The bars are the means of its last 30 days with measurements; the arrow is the trend of all"
          + " values."
    })
public final class MetricsCommand extends ServerCommand {
  private static final int DAYS_SHOWN = 30;
  private static final int DAYS_ASKED = 90;

  @Parameters(paramLabel = "NAME@VERSION", description = "Such as baai/bge-small-en@1.5.0.")
  private String name = "";

  @Option(names = "--task", paramLabel = "TASK", description = "Only of this task.")
  private @Nullable String task;

  @Option(names = "--metric", paramLabel = "METRIC", description = "Only this metric.")
  private @Nullable String metric;

  @Option(
      names = "--from",
      paramLabel = "DAY",
      description = "Only from this day on (UTC), such as 2026-03-01.")
  private @Nullable LocalDate from;

  @Option(
      names = "--period",
      paramLabel = "PERIOD",
      defaultValue = "all",
      description = "By day, week, month or all (default: ${DEFAULT-VALUE}).")
  private String period = "all";

  public MetricsCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected ExitCode run() {
    Client client = connect();
    String path = Client.layer(LayerName.parse(name)) + "/metrics?period=";
    JsonNode metrics = client.get(path + Client.encode(period) + filter(from));
    if (json()) {
      print(metrics);
      return ExitCode.OK;
    }
    boolean all = period.equals("all");
    Map<String, List<Double>> days = all ? days(client, path) : Map.of();
    show(metrics.path("items"), all, days, terminal());
    return ExitCode.OK;
  }

  private String filter(@Nullable LocalDate since) {
    return (task == null ? "" : "&task=" + Client.encode(task))
        + (metric == null ? "" : "&metric=" + Client.encode(metric))
        + (since == null ? "" : "&from=" + since);
  }

  private Map<String, List<Double>> days(Client client, String path) {
    LocalDate since = LocalDate.now(ZoneOffset.UTC).minusDays(DAYS_ASKED);
    LocalDate begin = from != null && from.isAfter(since) ? from : since;
    Map<String, List<Double>> days = new HashMap<>();
    for (JsonNode day : client.get(path + "day" + filter(begin)).path("items")) {
      days.computeIfAbsent(series(day), _ -> new ArrayList<>()).add(day.path("mean").asDouble());
    }
    return days;
  }

  private static String series(JsonNode item) {
    return item.path("taskType").asText() + "\n" + item.path("metricType").asText();
  }

  private static void show(
      JsonNode items, boolean all, Map<String, List<Double>> days, Terminal terminal) {
    if (items.isEmpty()) {
      terminal.line("nothing was measured; `germline measure` does");
      return;
    }
    Table table = new Table("<<<>>>>>><<");
    table.row(
        "task", "metric", all ? "" : "from", "n", "mean", "sd", "p50", "p95", "latest", "", "");
    for (JsonNode item : items) {
      List<Double> means = days.getOrDefault(series(item), List.of());
      table.row(
          item.path("taskType").asText(),
          item.path("metricType").asText(),
          item.path("start").asText(),
          Sizes.count(item.path("count").asLong()),
          number(item.path("mean")),
          number(item.path("standardDeviation")),
          number(item.path("p50")),
          number(item.path("p95")),
          number(item.path("latest")),
          arrow(item.path("trend").path("direction").asText()),
          Sparkline.of(means.subList(Math.max(0, means.size() - DAYS_SHOWN), means.size())));
    }
    table.lines().forEach(terminal::line);
  }

  private static String arrow(String direction) {
    return switch (direction) {
      case "rising" -> "↗";
      case "falling" -> "↘";
      case "steady" -> "→";
      default -> "";
    };
  }

  /** Four digits that count. */
  private static String number(JsonNode value) {
    return value.isMissingNode() ? "" : String.format(Locale.ROOT, "%.4g", value.asDouble());
  }
}
