package dev.germline.app.graphql;

import static dev.germline.app.http.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.core.Fault;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is too much or wrong. */
interface LimitsContract extends OverGraphQl {
  @Test
  default void tooMuchIsRefusedBeforeAnythingIsRead() {
    String deep = "name";
    for (int i = 0; i < 8; i++) {
      deep = "parents(first: 1) { nodes { " + deep + " } }";
    }
    CountingInterceptor.drain();
    assertCode(
        ask(bob(), "{ layer(name: \"a/b@1.0.0\") { %s } }".formatted(deep)), Fault.LIMIT_EXCEEDED);
    assertCode(
        ask(bob(), "{ layers(first: 200) { nodes { children(first: 200) { nodes { name } } } } }"),
        Fault.LIMIT_EXCEEDED);
    assertCode(
        ask(
            bob(),
            "{ layers(first: 100) { nodes { proof } } ledger { sequence } x: layers(first: 10) {"
                + " nodes { proof } } }"),
        Fault.LIMIT_EXCEEDED);
    assertCode(ask(bob(), "{ " + "a: __typename ".repeat(3000) + "}"), Fault.LIMIT_EXCEEDED);
    String bomb =
        IntStream.range(0, 40)
            .mapToObj(i -> "fragment f%d on Query { ...f%d ...f%d }".formatted(i, i + 1, i + 1))
            .collect(Collectors.joining(" "));
    assertCode(
        ask(bob(), "{ ...f0 } " + bomb + " fragment f40 on Query { __typename }"),
        Fault.LIMIT_EXCEEDED);
    assertThat(CountingInterceptor.drain()).isEmpty();
  }

  @Test
  default void whatIsWrongIsSaidWithItsCode() {
    assertProblem(
        app().anonymous().post(GraphQlServer.PATH, "{\"query\":\"{__typename}\"}"),
        401,
        Fault.UNAUTHENTICATED);
    assertProblem(bob().post(GraphQlServer.PATH, "{"), 400, Fault.MALFORMED_JSON);
    assertCode(bob().post(GraphQlServer.PATH, "{}"), Fault.INVALID_REQUEST);
    assertCode(ask(bob(), "{ layer("), Fault.INVALID_REQUEST);
    assertCode(ask(bob(), "{ nothing }"), Fault.INVALID_REQUEST);
    assertCode(ask(bob(), "{ layer(name: \"no name\") { name } }"), Fault.INVALID_NAME);
    assertCode(ask(bob(), "subscription { layerPublished { name } }"), Fault.INVALID_REQUEST);
    assertThat(
            data(bob(), "{ __schema { queryType { name } types { name } } }").at("/__schema/types"))
        .hasSizeGreaterThan(20);
  }
}
