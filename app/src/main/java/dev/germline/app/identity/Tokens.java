package dev.germline.app.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.germline.app.config.IdentitySettings;
import dev.germline.app.config.StartRefused;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import io.micronaut.security.token.jwt.signature.SignatureGeneratorConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Issues signed tokens. Thread-safe. */
public final class Tokens {
  /** The claim that names the tenant; absent: the default one. */
  static final String TENANT = "tenant";

  private static final String ISSUER = "germline";

  private final SignatureGeneratorConfiguration signature;
  private final IdentitySettings settings;
  private final Clock clock;

  public Tokens(SignatureGeneratorConfiguration signature, IdentitySettings settings, Clock clock) {
    this.signature = signature;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * A token for a caller.
   *
   * @param lifetime absent: the configured one
   * @throws GermlineException INVALID_REQUEST when the lifetime is not positive or too long
   */
  public String issue(Caller caller, Optional<Duration> lifetime) {
    Duration asked = lifetime.orElse(settings.defaultLifetime());
    if (asked.isNegative() || asked.isZero() || asked.compareTo(settings.longestLifetime()) > 0) {
      throw new GermlineException(
          Fault.INVALID_REQUEST,
          "ttl must be positive and at most %s, and is %s"
              .formatted(settings.longestLifetime(), asked));
    }
    return sign(caller, asked);
  }

  /**
   * Leaves a token of the local admin in the file, readable by its owner only, in one step: whoever
   * reads the file finds a whole token.
   */
  public void writeAdminToken(Path file) {
    String token = sign(new Caller("admin", Role.ADMIN), settings.adminTokenLifetime());
    try {
      Path directory = file.toAbsolutePath().getParent();
      Files.createDirectories(directory);
      Path fresh =
          Files.createTempFile(
              directory,
              ".token",
              null,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(fresh, token.getBytes(StandardCharsets.US_ASCII));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw new StartRefused("GERMLINE_ADMIN_TOKEN_FILE", "cannot be written: " + failure);
    }
  }

  private String sign(Caller caller, Duration lifetime) {
    Instant now = clock.instant();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .jwtID(UUID.randomUUID().toString())
            .issuer(ISSUER)
            .subject(caller.name())
            .claim("roles", List.of(caller.role().name()))
            .claim(TENANT, caller.tenant().name())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(lifetime)))
            .build();
    try {
      return signature.sign(claims).serialize();
    } catch (JOSEException failure) {
      throw new GermlineException(Fault.INTERNAL, "the token cannot be signed", failure);
    }
  }
}
