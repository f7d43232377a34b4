package dev.germline.app.layers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.core.layers.LayerName;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who was handed bytes of revoked layers. */
@Controller("/api/v1/revoked-reads")
@Secured(Role.ANY)
@Tag(name = "layers")
final class RevokedReadsController {
  private final RevokedReads reads;

  RevokedReadsController(RevokedReads reads) {
    this.reads = reads;
  }

  /**
   * That somebody asked for bytes of a revoked layer with {@code revoked=allow}.
   *
   * @param what file or tensor
   * @param firstAt of that day of UTC
   * @param requests on that day; each range is one, and so is a HEAD
   */
  @Schema(name = "RevokedRead")
  record ReadView(
      String layer, String reader, String what, String firstAt, String lastAt, long requests) {
    static ReadView of(RevokedRead read) {
      return new ReadView(
          read.layer().toString(),
          read.reader(),
          read.what(),
          read.firstAt().toString(),
          read.lastAt().toString(),
          read.requests());
    }
  }

  /**
   * Some of the reads, newest first.
   *
   * @param nextCursor give it as {@code cursor} to get the next page; absent on the last
   */
  @Schema(name = "RevokedReadList")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ReadList(List<ReadView> items, @Nullable String nextCursor) {}

  /**
   * Reads of revoked layers, newest first: all for an admin, for others their own and those of the
   * layers that they made. One for each reader, file or tensor and day.
   *
   * @param layer only of this one, namespace/name@version
   * @param limit at most so many, 1 to 500
   * @param cursor the nextCursor of the page before
   */
  @Get
  ReadList list(
      Caller caller,
      @QueryValue @Nullable String layer,
      @QueryValue(defaultValue = "100") int limit,
      @QueryValue @Nullable String cursor) {
    RevokedReads.Page page =
        reads.list(caller, layer == null ? null : LayerName.parse(layer), limit, cursor);
    return new ReadList(page.items().stream().map(ReadView::of).toList(), page.nextCursor());
  }
}
