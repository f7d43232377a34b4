package dev.germline.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The figures of one run: a Markdown table for people, one JSON object for programs. */
final class Report {
  private record Row(String figure, double value, String unit, String peer, double peerValue) {}

  private final String name;
  private final List<Row> rows = new ArrayList<>();

  Report(String name) {
    this.name = name;
  }

  /** A figure beside its peer or limit, in the same unit. */
  void add(String figure, double value, String unit, String peer, double peerValue) {
    rows.add(new Row(figure, value, unit, peer, peerValue));
  }

  void print(PrintStream out, boolean json) {
    out.printf("%n| %s | value | unit | beside it | its value | ratio |%n", name);
    out.println("|---|---:|---|---|---:|---:|");
    for (Row row : rows) {
      out.printf(
          Locale.ROOT,
          "| %s | %s | %s | %s | %s | %.2f |%n",
          row.figure(),
          number(row.value()),
          row.unit(),
          row.peer(),
          number(row.peerValue()),
          row.value() / row.peerValue());
    }
    if (json) {
      Map<String, Double> figures = new LinkedHashMap<>();
      rows.forEach(row -> figures.put(row.figure(), row.value()));
      out.println(
          figures.entrySet().stream()
              .map(e -> "\"%s\":%s".formatted(e.getKey(), number(e.getValue())))
              .collect(Collectors.joining(",", "{\"figures\":{", "}}")));
    }
  }

  private static String number(double value) {
    return value >= 100
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.4g", value);
  }
}
