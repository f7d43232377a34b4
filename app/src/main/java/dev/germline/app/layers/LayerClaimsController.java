package dev.germline.app.layers;

import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.ClaimKind;
import dev.germline.core.layers.LayerName;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is said of a layer. */
@Controller("/api/v1/layers/{namespace}/{name}/{version}")
@Secured(Role.ANY)
@Tag(name = "layers")
final class LayerClaimsController {
  private final StoredClaims claims;

  LayerClaimsController(StoredClaims claims) {
    this.claims = claims;
  }

  /**
   * Claims that name the layer, as what they are about or as what that is related to, newest first.
   *
   * @param view {@code current} for those that count, {@code all} for the others too
   * @param kind only of this kind, such as REVIEW
   * @param limit at most so many, 1 to 500
   * @param cursor the nextCursor of the page before
   */
  @Get("/claims")
  ToldClaim.Page claims(
      Caller caller,
      String namespace,
      String name,
      String version,
      @QueryValue(defaultValue = "current") String view,
      @QueryValue @Nullable String kind,
      @QueryValue(defaultValue = "100") int limit,
      @QueryValue @Nullable String cursor) {
    return ToldClaim.Page.of(
        claims.of(
            caller,
            LayerName.of(namespace, name, version),
            kind == null ? null : kind(kind),
            current(view),
            limit,
            cursor));
  }

  private static boolean current(String view) {
    return switch (view) {
      case "current" -> true;
      case "all" -> false;
      default ->
          throw new GermlineException(
              Fault.INVALID_REQUEST, "view is current or all, and not '" + view + "'");
    };
  }

  private static ClaimKind kind(String text) {
    return ClaimKind.all().stream()
        .filter(kind -> kind.name().equals(text))
        .findFirst()
        .orElseThrow(() ->
            new GermlineException(
                Fault.INVALID_REQUEST,
                "there is no kind of claim '%s'; give one of: %s"
                    .formatted(
                        text,
                        ClaimKind.all().stream()
                            .map(ClaimKind::name)
                            .collect(Collectors.joining(", ")))));
  }
}
