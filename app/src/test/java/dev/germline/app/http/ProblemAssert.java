package dev.germline.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.app.TestApp.Answer;
import dev.germline.core.Fault;
import java.util.List;

/** What every error answer looks like. */
public final class ProblemAssert {
  private ProblemAssert() {}

  /** Asserts the whole shape, and that nothing of the inside shows. */
  public static JsonNode assertProblem(Answer answer, int status, Fault code) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
    JsonNode problem = answer.json();
    assertThat(problem.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "type", "title", "status", "detail", "instance", "code", "requestId");
    assertThat(problem.get("code").asText()).as(answer.text()).isEqualTo(code.name());
    assertThat(problem.get("type").asText()).isEqualTo("urn:germline:fault:" + code.name());
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("title").asText()).isNotBlank();
    assertThat(problem.get("detail").asText()).isNotBlank();
    assertThat(problem.get("requestId").asText()).isEqualTo(answer.header("x-request-id"));
    for (String inside :
        List.of(
            "Exception", "dev.germline", "io.micronaut", "com.fasterxml", "java.lang", "SELECT")) {
      assertThat(answer.text()).doesNotContain(inside);
    }
    return problem;
  }
}
