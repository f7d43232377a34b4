package dev.germline.app.layers;

import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.app.ledger.LedgerHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Claims about layers, and about claims. */
@Controller("/api/v1/claims")
@Secured(Role.ANY)
@Tag(name = "layers")
final class ClaimsController {
  private final Claiming claiming;
  private final StoredClaims stored;
  private final LedgerHeaders ledger;

  ClaimsController(Claiming claiming, StoredClaims stored, LedgerHeaders ledger) {
    this.claiming = claiming;
    this.stored = stored;
    this.ledger = ledger;
  }

  /**
   * States a claim. 201, or 200 when exactly this claim is there already. To a status that takes a
   * layer back the answer says what stands on it; their owners are told (docs/sharing.md).
   */
  @Post
  @RequestBody(content = @Content(schema = @Schema(type = "object")))
  HttpResponse<ClaimView> state(Caller caller, @Body byte[] json) {
    Written<Claiming.Stated> written = claiming.state(caller, json);
    HttpStatus status = written.fresh() ? HttpStatus.CREATED : HttpStatus.OK;
    return ledger.written(
        HttpResponse.<ClaimView>status(status).body(ClaimView.of(written.value())),
        written.sequence());
  }

  /**
   * A claim, what became of it and everything that was replied to it.
   *
   * @param id of the claim, or BLAKE3 of its record in hex
   */
  @Get("/{id}")
  ToldClaim get(Caller caller, String id) {
    return ToldClaim.whole(stored.get(caller, id));
  }
}
