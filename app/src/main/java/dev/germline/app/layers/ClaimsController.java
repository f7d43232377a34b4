package dev.germline.app.layers;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.app.ledger.LedgerHeaders;
import dev.germline.core.layers.ClaimJson;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;

/** Claims about two published layers. */
@Controller("/api/v1/claims")
@Secured(Role.ANY)
@Tag(name = "layers")
final class ClaimsController {
  private final Claiming claiming;
  private final LedgerHeaders ledger;

  ClaimsController(Claiming claiming, LedgerHeaders ledger) {
    this.claiming = claiming;
    this.ledger = ledger;
  }

  /**
   * A claim in the ledger.
   *
   * @param id of the claim as a document, UUID
   * @param record the claim as RFC 8785 canonical JSON
   */
  @Schema(name = "Claim")
  record ClaimView(
      String id,
      String type,
      String from,
      String to,
      @JsonRawValue @Schema(type = "object") String record) {
    static ClaimView of(Claiming.Stated stated) {
      return new ClaimView(
          stated.id().toString(),
          stated.claim().kind().name(),
          stated.claim().subject().layer().toString(),
          stated.claim().object().layer().toString(),
          new String(ClaimJson.canonical(stated.claim()), StandardCharsets.UTF_8));
    }
  }

  /** States a claim. 201, or 200 when exactly this claim is there already. */
  @Post
  @RequestBody(content = @Content(schema = @Schema(type = "object")))
  HttpResponse<ClaimView> state(Caller caller, @Body byte[] json) {
    Written<Claiming.Stated> written = claiming.state(caller, json);
    HttpStatus status = written.fresh() ? HttpStatus.CREATED : HttpStatus.OK;
    return ledger.written(
        HttpResponse.<ClaimView>status(status).body(ClaimView.of(written.value())),
        written.sequence());
  }
}
