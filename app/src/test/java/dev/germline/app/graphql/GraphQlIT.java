package dev.germline.app.graphql;

import static dev.germline.app.TestApp.unique;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What the API promises over GraphQL. */
final class GraphQlIT
    implements ReadingContract,
        LineageContract,
        SearchingContract,
        AssembliesContract,
        ValidationContract,
        TakenBackContract,
        ChangingContract,
        BatchingContract,
        LimitsContract,
        StreamingContract,
        GraphiqlContract {
  private static GraphQlServer server;

  private final String ns = unique("ns");

  @BeforeAll
  static void begin() {
    server = GraphQlServer.start();
  }

  @AfterAll
  static void end() {
    server.close();
  }

  @Override
  public GraphQlServer server() {
    return server;
  }

  @Override
  public String ns() {
    return ns;
  }
}
