package dev.germline.app.http;

import static dev.germline.app.http.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.app.TestApp;
import dev.germline.app.TestApp.Answer;
import dev.germline.core.Fault;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every error is a problem, ours or the framework's. */
final class ProblemsIT {
  private static final String TOKENS = "/api/v1/tokens";

  private final TestApp app = TestApp.get();

  @Test
  void anUnknownPathIsNotFoundForAnyone() {
    assertProblem(app.anonymous().get("/nowhere"), 404, Fault.NOT_FOUND);
    assertProblem(app.as("ada").get("/api/v1/nowhere"), 404, Fault.NOT_FOUND);
  }

  @Test
  void aBrowserGetsAProblemAndNoHtml() {
    assertProblem(app.anonymous().get("/nowhere", "Accept", "text/html"), 404, Fault.NOT_FOUND);
  }

  @Test
  void aWrongMethodIsSaid() {
    Answer answer = app.as("admin").send("DELETE", TOKENS, null);
    assertProblem(answer, 405, Fault.INVALID_REQUEST);
    assertThat(answer.header("allow")).isEqualTo("POST");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[1,2",
        "{\"subject\":\"a\",\"subject\":\"b\"}",
        "{\"subject\":{}}",
        "nonsense",
        "{\"subject\":\"a\"} {}",
        "{\"subject\":\"a\",\"extra\":1}"
      })
  void brokenJsonIsSaid(String body) {
    assertProblem(app.as("admin").post(TOKENS, body), 400, Fault.MALFORMED_JSON);
  }

  @Test
  void aMissingBodyIsSaid() {
    assertProblem(app.as("admin").post(TOKENS, ""), 400, Fault.INVALID_REQUEST);
  }

  @Test
  void anotherMediaTypeIsSaid() {
    assertProblem(
        app.as("admin")
            .send("POST", TOKENS, "x".getBytes(StandardCharsets.UTF_8), "Content-Type", "text/csv"),
        415,
        Fault.INVALID_REQUEST);
  }

  @Test
  void aBodyTooLargeToHoldIsRefused() {
    byte[] body = " ".repeat(9 << 20).getBytes(StandardCharsets.UTF_8);
    assertProblem(
        app.as("admin").send("POST", TOKENS, body, "Content-Type", "application/json"),
        413,
        Fault.LIMIT_EXCEEDED);
  }

  @Test
  void headerBombsAreRefused() {
    assertProblem(
        app.as("admin").get(TOKENS, "X-Bomb", "b".repeat(20_000)), 413, Fault.LIMIT_EXCEEDED);
    assertThat(app.anonymous().get("/api/v1/layers?x=" + "b".repeat(20_000)).status())
        .isEqualTo(413);
  }

  @Test
  void aCallersRequestIdComesBackWhenItIsPlain() {
    assertThat(app.anonymous().get("/health", "X-Request-Id", "abc-1.2_3").header("x-request-id"))
        .isEqualTo("abc-1.2_3");
    assertThat(app.anonymous().get("/health", "X-Request-Id", "a b\t<c>").header("x-request-id"))
        .hasSize(36);
  }
}
