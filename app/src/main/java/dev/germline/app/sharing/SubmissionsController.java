package dev.germline.app.sharing;

import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.Contribution;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.Share;
import dev.germline.core.sharing.SubmissionState;
import dev.germline.core.substrate.EntityId;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Layers offered to the registry. */
@Controller("/api/v1")
@Secured(Role.ANY)
@Tag(name = "sharing")
final class SubmissionsController {
  private final Submissions submissions;

  SubmissionsController(Submissions submissions) {
    this.submissions = submissions;
  }

  /**
   * An offer.
   *
   * @param contributions who had a part in the layer, with shares that are together exactly 1
   */
  @Schema(name = "Offer")
  record Offer(@Nullable List<Part> contributions, @Nullable String note) {}

  /**
   * Who had a part in it.
   *
   * @param share a decimal text such as "0.25"
   */
  @Schema(name = "OfferedContribution")
  record Part(@Nullable String contributor, @Nullable String role, @Nullable String share) {}

  /**
   * What is to happen.
   *
   * @param event start-review, request-changes, resubmit, accept, reject or withdraw
   */
  @Schema(name = "SubmissionEvent")
  record Event(@Nullable String event, @Nullable String note) {}

  /** Submissions, newest first. */
  @Schema(name = "SubmissionList")
  record SubmissionList(List<SubmissionView> items) {}

  /** Offers a layer to the registry. */
  @Post("/layers/{namespace}/{name}/{version}/submissions")
  @Status(HttpStatus.CREATED)
  SubmissionView submit(
      Caller caller, String namespace, String name, String version, @Body Offer offer) {
    List<Part> parts = offer.contributions() == null ? List.of() : offer.contributions();
    return SubmissionView.of(
        submissions.submit(
            caller,
            LayerName.of(namespace, name, version),
            parts.stream().map(SubmissionsController::contribution).toList(),
            offer.note()));
  }

  /**
   * The newest submissions: one's own, for an admin all.
   *
   * @param state only in this state
   * @param limit at most so many, 1 to 200
   */
  @Get("/submissions")
  SubmissionList list(
      Caller caller,
      @QueryValue @Nullable String state,
      @QueryValue(defaultValue = "50") int limit) {
    SubmissionState only = state == null ? null : oneOf(SubmissionState.values(), "state", state);
    return new SubmissionList(
        submissions.list(caller, only, limit).stream().map(SubmissionView::of).toList());
  }

  /** A submission with its history. */
  @Get("/submissions/{id}")
  SubmissionView get(Caller caller, String id) {
    return SubmissionView.of(submissions.get(caller, EntityId.parse(id)));
  }

  /** Lets something happen to a submission. */
  @Post("/submissions/{id}/events")
  @Status(HttpStatus.OK)
  SubmissionView act(Caller caller, String id, @Body Event event) {
    return SubmissionView.of(
        submissions.act(
            caller,
            EntityId.parse(id),
            oneOf(SubmissionState.Event.values(), "event", String.valueOf(event.event())),
            event.note()));
  }

  private static Contribution contribution(Part part) {
    try {
      return new Contribution(
          required(part.contributor(), "contributor"),
          required(part.role(), "role"),
          Share.parse(required(part.share(), "share")),
          null);
    } catch (GermlineException unfit) {
      throw new GermlineException(Fault.INVALID_REQUEST, unfit.detail(), unfit);
    }
  }

  private static String required(@Nullable String value, String member) {
    if (value == null) {
      throw new GermlineException(
          Fault.INVALID_REQUEST, "a contribution has no " + member + "; it is required");
    }
    return value;
  }

  private static <T> T oneOf(T[] known, String what, String text) {
    return Arrays.stream(known)
        .filter(one -> one.toString().equals(text))
        .findFirst()
        .orElseThrow(() ->
            new GermlineException(
                Fault.INVALID_REQUEST,
                "%s is '%s'; give one of: %s"
                    .formatted(
                        what,
                        text.length() > 40 ? text.substring(0, 40) + "…" : text,
                        Arrays.stream(known)
                            .map(Object::toString)
                            .collect(Collectors.joining(", ")))));
  }
}
