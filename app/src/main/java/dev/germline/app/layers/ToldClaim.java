package dev.germline.app.layers;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A claim with what became of it.
 *
 * @param standing stands, contested, superseded or withdrawn
 * @param counts whether it is part of the current view
 * @param because ids of the replies that decide its standing, oldest first
 * @param replies all that was replied to it and to these, where one claim was asked for
 */
@Schema(name = "ToldClaim")
@JsonInclude(JsonInclude.Include.NON_NULL)
record ToldClaim(
    ClaimView claim,
    String digest,
    String standing,
    boolean counts,
    List<ClaimView> because,
    @Nullable List<ClaimView> replies,
    long ledgerSequence) {
  /** As one of many: with the replies that decide. */
  static ToldClaim listed(StoredClaims.Told told) {
    return of(told, null);
  }

  /** With everything that was replied to it. */
  static ToldClaim whole(StoredClaims.Told told) {
    return of(told, told.replies().stream().map(ToldClaim::view).toList());
  }

  private static ToldClaim of(StoredClaims.Told told, @Nullable List<ClaimView> replies) {
    return new ToldClaim(
        view(told.found()),
        told.found().digest().toHex(),
        told.standing().verdict().name().toLowerCase(Locale.ROOT),
        told.standing().verdict().counts(),
        told.replies().stream()
            .filter(reply -> told.standing().because().contains(reply.claim()))
            .map(ToldClaim::view)
            .toList(),
        replies,
        told.ledgerSequence());
  }

  private static ClaimView view(StoredClaims.Found found) {
    return ClaimView.of(found.id(), found.claim());
  }

  /**
   * Some of the claims that name a layer.
   *
   * @param nextCursor give it as {@code cursor} to get the next page; absent on the last
   */
  @Schema(name = "ClaimList")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Page(List<ToldClaim> items, @Nullable String nextCursor) {
    static Page of(StoredClaims.Page page) {
      return new Page(page.items().stream().map(ToldClaim::listed).toList(), page.nextCursor());
    }
  }
}
