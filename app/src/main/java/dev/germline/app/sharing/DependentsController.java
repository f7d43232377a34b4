package dev.germline.app.sharing;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.Relationship;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who is to be told of a change of a layer. */
@Controller("/api/v1/layers/{namespace}/{name}/{version}")
@Secured(Role.ANY)
@Tag(name = "sharing")
final class DependentsController {
  private final Dependents dependents;

  DependentsController(Dependents dependents) {
    this.dependents = dependents;
  }

  /**
   * A layer that depends on another.
   *
   * @param creator whom to tell
   * @param advice nothing, look, should-replace or must-replace
   * @param fits whether its own range takes the replacement
   */
  @Schema(name = "Dependent")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record DependentView(
      String layer,
      String creator,
      String relation,
      boolean required,
      String advice,
      @Nullable Boolean fits) {
    static DependentView of(Dependents.Dependent one) {
      return new DependentView(
          one.layer().name().toString(),
          one.layer().creator(),
          one.relation().name(),
          one.required(),
          one.advice().toString(),
          one.fits());
    }
  }

  /**
   * Some of the layers that depend on another.
   *
   * @param status of the other
   * @param policy none, notify, recommend or require
   * @param replacement the newest active version of the other that is newer
   * @param nextCursor give it as {@code cursor} to get the next page; absent on the last
   */
  @Schema(name = "DependentList")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record DependentsView(
      String status,
      String policy,
      @Nullable String replacement,
      List<DependentView> items,
      @Nullable String nextCursor) {}

  /**
   * Layers that depend on this one directly, and what each is to do by its policy and status.
   *
   * @param relation DEPENDS_ON or EVOLVED_FROM
   * @param limit so many claims are looked at, 1 to 500; a page may have fewer items
   * @param cursor the nextCursor of the page before
   */
  @Get("/dependents")
  DependentsView dependents(
      Caller caller,
      String namespace,
      String name,
      String version,
      @QueryValue(defaultValue = "DEPENDS_ON") String relation,
      @QueryValue(defaultValue = "100") int limit,
      @QueryValue @Nullable String cursor) {
    Dependents.Page page =
        dependents.of(
            caller, LayerName.of(namespace, name, version), relation(relation), limit, cursor);
    return new DependentsView(
        page.status().toString(),
        page.policy().toString(),
        page.replacement().map(LayerName::toString).orElse(null),
        page.items().stream().map(DependentView::of).toList(),
        page.nextCursor());
  }

  private static Relationship.Kind relation(String text) {
    return switch (text) {
      case "DEPENDS_ON" -> Relationship.Kind.DEPENDS_ON;
      case "EVOLVED_FROM" -> Relationship.Kind.EVOLVED_FROM;
      default ->
          throw new GermlineException(
              Fault.INVALID_REQUEST,
              "relation is DEPENDS_ON or EVOLVED_FROM, and not '%s'"
                  .formatted(text.length() > 40 ? text.substring(0, 40) + "…" : text));
    };
  }
}
