package dev.germline.app.graphql;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.app.TestApp;
import dev.germline.testing.TestStores;
import java.util.HashMap;
import java.util.Map;

/** A server whose statements are counted. */
final class GraphQlServer implements AutoCloseable {
  static final String PATH = "/api/v1/graphql";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String COUNTED = "queryInterceptors=" + CountingInterceptor.class.getName();

  private final TestApp app;

  private GraphQlServer(TestApp app) {
    this.app = app;
  }

  /** On the stores of all tests. */
  static GraphQlServer start() {
    TestApp.stop(); // the graph is this server's
    String url = String.valueOf(TestApp.settings().get("germline.mysql.url"));
    Map<String, Object> settings = settings();
    settings.put("germline.mysql.url", counted(url));
    TestStores.wipe(); // it may be another ledger's
    return new GraphQlServer(TestApp.start(settings));
  }

  /** On MySQL 9 itself. */
  static GraphQlServer startOnRealMysql() {
    return new GraphQlServer(TestApp.startOnRealMysql(GraphQlServer::counted, settings()));
  }

  private static String counted(String url) {
    return url + (url.contains("?") ? "&" : "?") + COUNTED;
  }

  private static Map<String, Object> settings() {
    return new HashMap<>(
        Map.of(
            "test.count-statements",
            true,
            "germline.graphql.look-every",
            "100ms",
            "germline.graphql.max-streams-per-caller",
            2));
  }

  TestApp app() {
    return app;
  }

  static String request(String query, Map<String, Object> variables) {
    ObjectNode request = JSON.createObjectNode().put("query", query);
    request.set("variables", JSON.valueToTree(variables));
    return request.toString();
  }

  @Override
  public void close() {
    app.close();
  }
}
