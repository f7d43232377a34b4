package dev.germline.app.graphql;

import static dev.germline.app.TestApp.unique;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/** What asks MySQL, on MySQL 9 itself. */
final class GraphQlOnRealMysqlIT
    implements ReadingContract,
        SearchingContract,
        AssembliesContract,
        TakenBackContract,
        BatchingContract {
  private static @Nullable GraphQlServer running;

  private final String ns = unique("ns");

  @AfterAll
  static void end() {
    if (running != null) {
      running.close();
    }
  }

  @Override
  public GraphQlServer server() {
    GraphQlServer server = running;
    if (server == null) {
      server = GraphQlServer.startOnRealMysql();
      running = server;
    }
    return server;
  }

  @Override
  public String ns() {
    return ns;
  }
}
