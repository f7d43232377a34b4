package dev.germline.app.sharing;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.ValidationLevel;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;

/** Validates layers. */
@Controller("/api/v1/layers/{namespace}/{name}/{version}")
@Secured(Role.ANY)
@Tag(name = "sharing")
final class ValidationController {
  private final Validation validation;

  ValidationController(Validation validation) {
    this.validation = validation;
  }

  /**
   * What one check found.
   *
   * @param outcome passed, failed or not checked
   * @param detail in words; absent in the report of another, unless an admin reads it
   */
  @Schema(name = "ValidationCheck")
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record CheckView(String check, String outcome, String detail) {}

  /**
   * What a validation came to.
   *
   * @param outcome failed if a check failed, else not checked if one could not be made, else passed
   * @param validatedBy who asked for it
   * @param counts whether there is no newer one of its level or a higher one
   */
  @Schema(name = "ValidationReport")
  record ReportView(
      String id,
      String layer,
      String digest,
      String level,
      String outcome,
      String validatedBy,
      String validatedAt,
      boolean counts,
      List<CheckView> checks) {
    static ReportView of(Report report) {
      return new ReportView(
          report.id().toString(),
          report.layer().name().toString(),
          report.layer().digest().toHex(),
          report.level().toString(),
          report.outcome().toString(),
          report.by(),
          report.validatedAt().toString(),
          report.counts(),
          report.findings().stream()
              .map(one -> new CheckView(one.check(), one.outcome().toString(), one.detail()))
              .toList());
    }
  }

  /** Reports on a layer, the newest first. */
  @Schema(name = "ValidationReportList")
  record ReportList(List<ReportView> items) {}

  /**
   * Validates a layer now and keeps the report.
   *
   * @param level basic, thorough or comprehensive
   */
  @Post("/validate")
  @Status(HttpStatus.OK)
  ReportView validate(
      Caller caller,
      String namespace,
      String name,
      String version,
      @QueryValue(defaultValue = "basic") String level) {
    return ReportView.of(
        validation.validate(caller, LayerName.of(namespace, name, version), level(level)));
  }

  /**
   * The reports that are kept of a layer, the newest first.
   *
   * @param view current for those that count, all for the others too
   */
  @Get("/validations")
  ReportList reports(
      Caller caller,
      String namespace,
      String name,
      String version,
      @QueryValue(defaultValue = "current") String view) {
    return new ReportList(
        validation.reports(caller, LayerName.of(namespace, name, version), current(view)).stream()
            .map(ReportView::of)
            .toList());
  }

  private static boolean current(String view) {
    return switch (view) {
      case "current" -> true;
      case "all" -> false;
      default ->
          throw new GermlineException(
              Fault.INVALID_REQUEST,
              "view is current or all, and not '%s'"
                  .formatted(view.length() > 40 ? view.substring(0, 40) + "…" : view));
    };
  }

  private static ValidationLevel level(String text) {
    for (ValidationLevel level : ValidationLevel.values()) {
      if (level.toString().equals(text)) {
        return level;
      }
    }
    throw new GermlineException(
        Fault.INVALID_REQUEST,
        "level is basic, thorough or comprehensive, and not '%s'"
            .formatted(text.length() > 40 ? text.substring(0, 40) + "…" : text));
  }
}
