package dev.germline.app;

import com.nimbusds.jose.JWSAlgorithm;
import dev.germline.app.config.IdentitySettings;
import dev.germline.app.identity.Tokens;
import io.micronaut.context.annotation.Factory;
import io.micronaut.security.token.jwt.signature.SignatureGeneratorConfiguration;
import io.micronaut.security.token.jwt.signature.secret.SecretSignature;
import io.micronaut.security.token.jwt.signature.secret.SecretSignatureConfiguration;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;

/** Time, and who is who. */
@Factory
final class IdentityWiring {
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  /**
   * The key of all tokens. It is both generator and validator: with no validator at all Micronaut
   * would accept unsigned tokens. Without a configured key (development) each start makes its own.
   */
  @Singleton
  @Named("generator")
  SignatureGeneratorConfiguration tokenSignature(IdentitySettings settings) {
    byte[] secret = settings.secretBytes().orElseGet(IdentityWiring::random);
    SecretSignatureConfiguration configuration = new SecretSignatureConfiguration("generator");
    configuration.setJwsAlgorithm(JWSAlgorithm.HS256);
    configuration.setBase64(true);
    configuration.setSecret(Base64.getEncoder().encodeToString(secret));
    return new SecretSignature(configuration);
  }

  @Singleton
  Tokens tokens(
      @Named("generator") SignatureGeneratorConfiguration signature,
      IdentitySettings settings,
      Clock clock) {
    return new Tokens(signature, settings, clock);
  }

  private static byte[] random() {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    return secret;
  }
}
