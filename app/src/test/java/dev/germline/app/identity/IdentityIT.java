package dev.germline.app.identity;

import static dev.germline.app.http.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.germline.app.TestApp;
import dev.germline.app.TestApp.Answer;
import dev.germline.app.config.IdentitySettings;
import dev.germline.core.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IdentityIT {
  private static final String TOKENS = "/api/v1/tokens";
  private static final String LAYERS = "/api/v1/layers";

  private final TestApp app = TestApp.get();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/health",
        "/health/liveness",
        "/health/readiness",
        "/prometheus",
        "/swagger/germline.yml",
        "/swagger-ui/index.html"
      })
  void anyoneReadsHealthMetricsAndTheApiDocument(String path) {
    assertThat(app.anonymous().get(path).status()).isEqualTo(200);
  }

  @Test
  void everythingElseNeedsAToken() {
    Answer answer = app.anonymous().get(LAYERS);
    assertProblem(answer, 401, Fault.UNAUTHENTICATED);
    assertThat(answer.header("www-authenticate")).startsWith("Bearer");
  }

  @Test
  void theAdminIssuesTokensThatWork() {
    Answer issued = app.as("admin").post(TOKENS, "{\"subject\":\"ada\",\"ttl\":\"PT5M\"}");
    assertThat(issued.status()).isEqualTo(201);
    String token = issued.json().get("token").asText();
    assertThat(app.withToken(token).get(LAYERS).status()).isEqualTo(200);
    assertProblem(
        app.withToken(token).post(TOKENS, "{\"subject\":\"eve\",\"role\":\"ADMIN\"}"),
        403,
        Fault.FORBIDDEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"subject\":\"ada\",\"ttl\":\"P400D\"}",
        "{\"subject\":\"ada\",\"ttl\":\"PT0S\"}",
        "{\"subject\":\"ada\",\"ttl\":\"soon\"}",
        "{\"subject\":\"ada\",\"role\":\"ROOT\"}"
      })
  void impossibleTokensAreRefused(String asked) {
    assertProblem(app.as("admin").post(TOKENS, asked), 400, Fault.INVALID_REQUEST);
  }

  @Test
  void aSubjectIsAPlainName() {
    assertProblem(
        app.as("admin").post(TOKENS, "{\"subject\":\"a b\\n\"}"), 400, Fault.INVALID_NAME);
    assertProblem(app.as("admin").post(TOKENS, "{}"), 400, Fault.INVALID_NAME);
  }

  @Test
  void forgedTokensDoNotCount() throws JOSEException {
    Instant now = Instant.now();
    JWTClaimsSet admin =
        new JWTClaimsSet.Builder()
            .subject("admin")
            .claim("roles", List.of("ADMIN"))
            .expirationTime(Date.from(now.plusSeconds(60)))
            .build();
    refused(new PlainJWT(admin).serialize());
    refused(signed(admin, "00".repeat(32)));
    refused(
        signed(
            new JWTClaimsSet.Builder(admin).expirationTime(Date.from(now.minusSeconds(60))).build(),
            TestApp.SECRET));
    String good = signed(admin, TestApp.SECRET);
    assertThat(app.withToken(good).get(LAYERS).status()).isEqualTo(200);
    refused(good.substring(0, good.length() - 4) + "AAAA");
    refused("nonsense");
  }

  @Test
  void theLocalAdminFindsATokenOnlyItsOwnerReads() throws IOException {
    Path file = app.bean(IdentitySettings.class).adminTokenPath().orElseThrow();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    String token = Files.readString(file);
    assertThat(app.withToken(token).post(TOKENS, "{\"subject\":\"ada\"}").status()).isEqualTo(201);
  }

  private void refused(String token) {
    assertProblem(app.withToken(token).get(LAYERS), 401, Fault.UNAUTHENTICATED);
  }

  private static String signed(JWTClaimsSet claims, String secret) throws JOSEException {
    SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
    jwt.sign(new MACSigner(HexFormat.of().parseHex(secret)));
    return jwt.serialize();
  }
}
