package dev.germline.app.sharing;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.Statement;
import dev.germline.core.substrate.EntityId;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the caller is told of layers that its own stand on. */
@Controller("/api/v1/notices")
@Secured(Role.ANY)
@Tag(name = "sharing")
final class NoticesController {
  private final Notices notices;

  NoticesController(Notices notices) {
    this.notices = notices;
  }

  /**
   * A notice.
   *
   * @param id of the notice, UUID
   * @param layer that changed; the newer one where that is the cause
   * @param status of that layer now: active, yanked or revoked
   * @param cause yanked, revoked, restored or newer
   * @param advice nothing, look, should-replace or must-replace
   * @param affected how many layers of the caller stand on it
   * @param layers of these the nearest, at most 200
   * @param by who said it
   * @param reason why
   * @param acknowledgedAt absent while it was not
   */
  @Schema(name = "Notice")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record NoticeView(
      String id,
      String layer,
      String status,
      String cause,
      String advice,
      int affected,
      List<AffectedView> layers,
      @Nullable String by,
      @Nullable String reason,
      String toldAt,
      @Nullable String acknowledgedAt) {
    static NoticeView of(Notices.Told told) {
      Notice notice = told.notice();
      return new NoticeView(
          notice.id().toString(),
          notice.layer().toString(),
          notice.status().toString(),
          notice.cause().toString(),
          notice.advice().toString(),
          notice.affected(),
          notice.layers().stream()
              .map(one -> new AffectedView(one.layer().toString(), one.distance()))
              .toList(),
          told.said().map(Statement.StatusChange::assertedBy).orElse(null),
          told.said().map(Statement.StatusChange::reason).orElse(null),
          notice.toldAt().toString(),
          Optional.ofNullable(notice.acknowledgedAt()).map(Object::toString).orElse(null));
    }
  }

  /**
   * A layer of the caller.
   *
   * @param distance the fewest steps to the one that changed, from 1
   */
  @Schema(name = "AffectedLayer")
  record AffectedView(String layer, int distance) {}

  /**
   * Some of the caller's notices, newest first.
   *
   * @param nextCursor give it as {@code cursor} to get the next page; absent on the last
   */
  @Schema(name = "NoticeList")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record NoticeList(List<NoticeView> items, @Nullable String nextCursor) {}

  /**
   * The caller's notices, newest first.
   *
   * @param view open for those that were not acknowledged, all for the others too
   * @param limit at most so many, 1 to 200
   * @param cursor the nextCursor of the page before
   */
  @Get
  NoticeList list(
      Caller caller,
      @QueryValue(defaultValue = "open") String view,
      @QueryValue(defaultValue = "50") int limit,
      @QueryValue @Nullable String cursor) {
    Notices.Page page = notices.list(caller, open(view), limit, cursor);
    return new NoticeList(page.items().stream().map(NoticeView::of).toList(), page.nextCursor());
  }

  /**
   * Says that the caller knows; a second time changes nothing.
   *
   * @param id of the notice
   */
  @Post("/{id}/acknowledge")
  @Status(HttpStatus.OK)
  NoticeView acknowledge(Caller caller, String id) {
    return NoticeView.of(notices.acknowledge(caller, EntityId.parse(id)));
  }

  private static boolean open(String view) {
    return switch (view) {
      case "open" -> true;
      case "all" -> false;
      default ->
          throw new GermlineException(
              Fault.INVALID_REQUEST,
              "view is open or all, and not '%s'"
                  .formatted(view.length() > 40 ? view.substring(0, 40) + "…" : view));
    };
  }
}
