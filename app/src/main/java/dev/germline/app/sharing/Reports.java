package dev.germline.app.sharing;

import dev.germline.app.identity.Caller;
import dev.germline.app.layers.LayerRow;
import dev.germline.app.sql.Database;
import dev.germline.core.layers.ValidationLevel;
import dev.germline.core.substrate.EntityId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reports of validations. Of another's report only admins see what was found in words: it was
 * written for somebody who may see more. Whoever has a {@link LayerRow} was allowed to see it.
 * Thread-safe.
 */
public final class Reports {
  private static final String WITHHELD = "";

  private final Database database;
  private final int kept;

  /**
   * @param kept reports of a layer, the newest; those that count are kept whatever their number
   */
  public Reports(Database database, int kept) {
    this.database = database;
    this.kept = kept;
  }

  /** Keeps a report. */
  Report keep(
      Caller caller, LayerRow layer, ValidationLevel level, Instant at, List<Finding> findings) {
    Report report =
        new Report(
            EntityId.parse(UUID.randomUUID().toString()),
            layer,
            level,
            Report.outcome(findings),
            caller.name(),
            at.truncatedTo(ChronoUnit.MILLIS),
            findings,
            true);
    database.transact(connection -> {
      ReportRows.insert(connection, report, layer.id());
      List<Report> all = counted(ReportRows.of(connection, layer));
      for (Report old : all.subList(Math.min(kept, all.size()), all.size())) {
        if (!old.counts()) {
          ReportRows.delete(connection, old.id());
        }
      }
      return true;
    });
    return report;
  }

  /** All that are kept of a layer, the newest first. */
  List<Report> of(Caller caller, LayerRow layer) {
    return counted(database.read(connection -> ReportRows.of(connection, layer))).stream()
        .map(report ->
            caller.admin() || caller.name().equals(report.by()) ? report : withheld(report))
        .toList();
  }

  private static Report withheld(Report report) {
    return new Report(
        report.id(),
        report.layer(),
        report.level(),
        report.outcome(),
        report.by(),
        report.validatedAt(),
        report.findings().stream()
            .map(one -> new Finding(one.check(), one.outcome(), WITHHELD))
            .toList(),
        report.counts());
  }

  private static List<Report> counted(List<Report> newestFirst) {
    List<Report> counted = new ArrayList<>();
    ValidationLevel highest = null;
    for (Report report : newestFirst) {
      boolean counts = above(report.level(), highest);
      counted.add(
          new Report(
              report.id(),
              report.layer(),
              report.level(),
              report.outcome(),
              report.by(),
              report.validatedAt(),
              report.findings(),
              counts));
      highest = counts ? report.level() : highest;
    }
    return counted;
  }

  private static boolean above(ValidationLevel level, @Nullable ValidationLevel highest) {
    return highest == null || level.compareTo(highest) > 0;
  }
}
