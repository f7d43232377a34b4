package dev.germline.app.graphql;

import static dev.germline.app.http.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.germline.app.TestApp.Answer;
import dev.germline.core.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page to explore the API with. */
interface GraphiqlContract extends OverGraphQl {
  @Test
  default void graphiqlLoadsNothingFromElsewhere() {
    Answer page = app().anonymous().get("/graphiql");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text()).contains("/graphiql/page.js").doesNotContain("http");
    assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'");
    for (String part :
        List.of(
            "page.js",
            "page.css",
            "graphiql.min.js",
            "graphiql.min.css",
            "react.js",
            "react-dom.js")) {
      assertThat(app().anonymous().get("/graphiql/" + part).status()).as(part).isEqualTo(200);
    }
    assertProblem(app().anonymous().get("/graphiql/other.js"), 404, Fault.NOT_FOUND);
  }
}
