package dev.germline.app.identity;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.weights.Tenant;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tokens for users and machines; the admin's work. */
@Controller("/api/v1/tokens")
@Secured(Role.ADMIN_ONLY)
@Tag(name = "identity")
final class TokensController {
  private final Tokens tokens;

  TokensController(Tokens tokens) {
    this.tokens = tokens;
  }

  /**
   * @param subject whose token it is
   * @param role USER or ADMIN; absent: USER
   * @param ttl how long it holds, ISO 8601 ({@code PT8H}, {@code P30D}); absent: one day
   * @param tenant whose bytes it uploads; tenants share no stored bytes; absent: default
   */
  record Asked(
      @Nullable String subject,
      @Nullable String role,
      @Nullable String ttl,
      @Nullable String tenant) {}

  /**
   * @param token for {@code Authorization: Bearer}
   */
  record Issued(String token) {}

  /** Issues a token. */
  @Post
  @Status(HttpStatus.CREATED)
  Issued issue(@Body Asked asked) {
    Caller caller =
        new Caller(
            asked.subject() == null ? "" : asked.subject(),
            role(asked.role()),
            asked.tenant() == null ? Tenant.DEFAULT : new Tenant(asked.tenant()));
    return new Issued(tokens.issue(caller, Optional.ofNullable(asked.ttl()).map(this::duration)));
  }

  private static Role role(@Nullable String name) {
    return Arrays.stream(Role.values())
        .filter(role -> role.name().equalsIgnoreCase(name == null ? Role.USER.name() : name))
        .findFirst()
        .orElseThrow(() ->
            new GermlineException(
                Fault.INVALID_REQUEST, "role is USER or ADMIN, and not '" + name + "'"));
  }

  private Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException notOne) {
      throw new GermlineException(
          Fault.INVALID_REQUEST,
          "ttl is an ISO 8601 duration such as PT8H, and not '" + text + "'");
    }
  }
}
