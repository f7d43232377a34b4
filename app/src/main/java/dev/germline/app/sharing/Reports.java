package dev.germline.app.sharing;

import dev.germline.app.identity.Caller;
import dev.germline.app.layers.LayerRow;
import dev.germline.app.sql.Database;
import dev.germline.core.layers.ValidationLevel;
import dev.germline.core.substrate.EntityId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        .map(report -> mayRead(caller, report) ? report : withheld(report))
        .toList();
  }

  /**
   * The same of many layers, without what was found: {@link #findings} has that.
   *
   * @param current only those that count
   */
  public Map<EntityId, List<Report>> heads(Collection<LayerRow> layers, boolean current) {
    Map<EntityId, LayerRow> byId = new LinkedHashMap<>();
    layers.forEach(layer -> byId.put(layer.id(), layer));
    Map<EntityId, List<Report>> heads = new HashMap<>();
    database
        .read(connection -> ReportRows.heads(connection, byId))
        .forEach((id, reports) ->
            heads.put(
                id, counted(reports).stream().filter(one -> one.counts() || !current).toList()));
    return heads;
  }

  /**
   * What was found by reports that the caller was shown, at most 500; one that is not kept any more
   * is left out.
   */
  public Map<Report, List<Finding>> findings(Caller caller, Collection<Report> reports) {
    Map<EntityId, List<Finding>> found =
        database.read(connection ->
            ReportRows.findings(connection, reports.stream().map(Report::id).toList()));
    Map<Report, List<Finding>> findings = new HashMap<>();
    for (Report report : reports) {
      List<Finding> kept = found.get(report.id());
      if (kept != null) {
        findings.put(report, mayRead(caller, report) ? kept : withheld(kept));
      }
    }
    return findings;
  }

  private static boolean mayRead(Caller caller, Report report) {
    return caller.admin() || caller.name().equals(report.by());
  }

  private static List<Finding> withheld(List<Finding> findings) {
    return findings.stream().map(one -> new Finding(one.check(), one.outcome(), WITHHELD)).toList();
  }

  private static Report withheld(Report report) {
    return new Report(
        report.id(),
        report.layer(),
        report.level(),
        report.outcome(),
        report.by(),
        report.validatedAt(),
        withheld(report.findings()),
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
