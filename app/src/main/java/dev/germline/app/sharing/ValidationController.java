package dev.germline.app.sharing;

import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.ValidationLevel;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
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
   */
  @Schema(name = "ValidationCheck")
  record CheckView(String check, String outcome, String detail) {}

  /**
   * What a validation came to.
   *
   * @param outcome failed if a check failed, else not checked if one could not be made, else passed
   */
  @Schema(name = "ValidationReport")
  record ReportView(
      String layer,
      String digest,
      String level,
      String outcome,
      String validatedAt,
      List<CheckView> checks) {
    static ReportView of(Validation.Report report) {
      return new ReportView(
          report.layer().row().name().toString(),
          report.layer().row().digest().toHex(),
          report.level().toString(),
          report.outcome().toString(),
          report.validatedAt().toString(),
          report.findings().stream()
              .map(one -> new CheckView(one.check(), one.outcome().toString(), one.detail()))
              .toList());
    }
  }

  /**
   * Validates a layer now; nothing is stored by it.
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
