package dev.germline.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.app.sql.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The months that measurements are kept in. */
interface PartitionsContract extends MetricsServer {
  @Test
  default void partitionsComeAheadAndGoWithTheirMonths() {
    Database database = app().bean(Database.class);
    MetricsSettings settings = app().bean(MetricsSettings.class);
    String layer = layer("months", "public");
    YearMonth thisMonth = YearMonth.from(began().atOffset(ZoneOffset.UTC));
    Instant old = began().minus(Duration.ofDays(400));
    send(
        ada(),
        MEASUREMENTS,
        List.of(
            new Point(layer, "t", "m", old, 1).json(),
            new Point(layer, "t", "m", began(), 2).json()));
    Partitions partitions = app().bean(Partitions.class);

    assertThat(partitions.maintain()).isPresent();
    for (PartitionTable table : PartitionTable.values()) {
      assertThat(months(table))
          .contains(
              thisMonth, thisMonth.plusMonths(3), YearMonth.from(old.atOffset(ZoneOffset.UTC)))
          .doesNotContain(thisMonth.plusMonths(4));
    }
    assertThat(rows("PARTITION (p%s)".formatted(thisMonth.toString().replace("-", "")), layer))
        .isEqualTo(1);
    assertThat(rows("", layer)).isEqualTo(2);
    assertThat(partitions.maintain().orElseThrow().made()).isZero();

    // Another process is at it.
    String lock = "CONCAT('germline.metrics.', LEFT(SHA2(DATABASE(), 256), 32))";
    database.read(connection -> {
      try (var statement = connection.createStatement()) {
        statement.execute("DO GET_LOCK(" + lock + ", 0)");
        assertThat(partitions.maintain()).isEmpty();
        statement.execute("DO RELEASE_LOCK(" + lock + ")");
      }
      return layer;
    });

    Clock later =
        Clock.fixed(began().plus(settings.retention()).minus(Duration.ofDays(300)), ZoneOffset.UTC);
    Partitions.Done done = new Partitions(database, settings, later).maintain().orElseThrow();
    assertThat(done.dropped())
        .contains("layer_performance " + YearMonth.from(old.atOffset(ZoneOffset.UTC)));
    assertThat(rows("", layer)).isEqualTo(1);
    JsonNode summary = ada().get(path(layer) + "/metrics").json().get("items").get(0);
    assertThat(summary.get("count").asInt()).isEqualTo(1);
    assertThat(summary.get("latest").asInt()).isEqualTo(2);
    assertThat(months(PartitionTable.PERFORMANCE))
        .contains(YearMonth.from(later.instant().atOffset(ZoneOffset.UTC)).plusMonths(3));
  }

  private List<YearMonth> months(PartitionTable table) {
    return app().bean(Database.class).read(connection -> List.copyOf(table.months(connection)));
  }

  private long rows(String partition, String layer) {
    return app()
        .bean(Database.class)
        .read(connection -> {
          try (var select =
              connection.prepareStatement(
                  "SELECT COUNT(*) FROM layer_performance "
                      + partition
                      + " p JOIN genomic_layers l ON l.id = p.layer_id WHERE l.namespace = ?")) {
            select.setString(1, ns());
            try (var row = select.executeQuery()) {
              row.next();
              assertThat(layer).startsWith(ns());
              return row.getLong(1);
            }
          }
        });
  }
}
