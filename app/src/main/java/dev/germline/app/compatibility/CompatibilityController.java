package dev.germline.app.compatibility;

import dev.germline.app.config.CompatibilitySettings;
import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.compatibility.Limits;
import dev.germline.core.compatibility.Policy;
import dev.germline.core.compatibility.resolve.Requirement;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** May these layers be combined, and shipped. */
@Controller("/api/v1/compatibility")
@Secured(Role.ANY)
@Tag(name = "compatibility")
final class CompatibilityController {
  private final Compatibility compatibility;
  private final CompatibilitySettings settings;

  CompatibilityController(Compatibility compatibility, CompatibilitySettings settings) {
    this.compatibility = compatibility;
    this.settings = settings;
  }

  /**
   * What is asked.
   *
   * @param layers namespace/name, namespace/name@1.5.0 or namespace/name@^1.2, at most 256
   */
  @Schema(name = "CompatibilityQuestion")
  record Asked(
      @Nullable List<String> layers, @Nullable LimitsAsked limits, @Nullable PolicyAsked policy) {}

  /**
   * What there is to run them on.
   *
   * @param memoryMb in 10^6 bytes
   * @param accelerator such as cuda
   */
  @Schema(name = "CompatibilityLimits")
  record LimitsAsked(
      @Nullable Long memoryMb, @Nullable Long storageBytes, @Nullable String accelerator) {}

  /**
   * What is wanted of them; what is absent is not.
   *
   * @param commercial commercial use
   * @param merging their weights merged into one model
   * @param conflictSeverity stated conflicts of at least this severity fail, 0 to 1
   * @param refuseUnsafe files that run code when loaded fail
   * @param refuseUnknownLicense absent and unknown terms fail
   */
  @Schema(name = "CompatibilityPolicy")
  record PolicyAsked(
      @Nullable Boolean commercial,
      @Nullable Boolean merging,
      @Nullable Double conflictSeverity,
      @Nullable Boolean refuseUnsafe,
      @Nullable Boolean refuseUnknownLicense) {}

  /** Resolves what the layers need and puts all of them to every rule. */
  @Post
  @Status(HttpStatus.OK)
  VerdictView check(Caller caller, @Body Asked asked) {
    LimitsAsked given = asked.limits();
    Limits limits =
        given == null
            ? Limits.NONE
            : new Limits(given.memoryMb(), given.storageBytes(), given.accelerator());
    return VerdictView.of(
        compatibility.check(caller, requirements(asked.layers()), policy(asked.policy()), limits));
  }

  /** The versions that go together, or why there are none. */
  @Post("/resolve")
  @Status(HttpStatus.OK)
  ResolutionView resolve(Caller caller, @Body Asked asked) {
    return ResolutionView.of(compatibility.resolve(caller, requirements(asked.layers())));
  }

  private Policy policy(@Nullable PolicyAsked asked) {
    return asked == null
        ? new Policy(false, false, settings.conflictSeverity(), false, false)
        : new Policy(
            Boolean.TRUE.equals(asked.commercial()),
            Boolean.TRUE.equals(asked.merging()),
            Objects.requireNonNullElse(asked.conflictSeverity(), settings.conflictSeverity()),
            Boolean.TRUE.equals(asked.refuseUnsafe()),
            Boolean.TRUE.equals(asked.refuseUnknownLicense()));
  }

  private static List<Requirement> requirements(@Nullable List<String> layers) {
    if (layers == null || layers.stream().anyMatch(Objects::isNull)) {
      throw new GermlineException(
          Fault.INVALID_REQUEST, "layers is missing; give a list such as [\"acme/chat@^1.2\"]");
    }
    return layers.stream().map(Requirement::parse).toList();
  }
}
