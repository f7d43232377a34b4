package dev.germline.app.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.germline.app.config.PeerSettings;
import dev.germline.core.layers.LayerStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PeersTest {
  private static final LayerQuery QUERY =
      new LayerQuery(
          "sea & more",
          null,
          null,
          null,
          null,
          null,
          LayerStatus.ACTIVE,
          List.of(),
          Scope.LOCAL,
          5);

  private final List<HttpServer> servers = new ArrayList<>();
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void stop() {
    servers.forEach(server -> server.stop(0));
  }

  @Test
  void peersAnswerForThemselvesAndThoseThatDoNotAreNamed() throws IOException {
    PeerSettings good = peer("good", "eu", 200, found("lab/poet@1.0.0", "public"));
    PeerSettings shy = peer("shy", "eu", 200, found("lab/secret@1.0.0", "private"));
    PeerSettings sick = peer("sick", "us", 500, "{}");
    PeerSettings mad = peer("mad", "us", 200, found("not a name", "public"));
    PeerSettings gone =
        new PeerSettings("gone", "http://127.0.0.1:1", "us", "", Duration.ofSeconds(1));

    try (Peers peers = new Peers(List.of(good, shy, sick, mad, gone), "eu")) {
      List<Peers.Answer> all = peers.find(QUERY, Scope.GLOBAL);
      assertThat(all.stream().map(Peers.Answer::peer))
          .containsExactly("gone", "good", "mad", "shy", "sick");
      assertThat(all.stream().filter(one -> one.problem() == null).map(Peers.Answer::peer))
          .containsExactly("good", "shy");
      assertThat(all.stream().flatMap(one -> one.layers().stream()))
          .singleElement()
          .satisfies(layer -> assertThat(layer.origin()).isEqualTo("good"))
          .satisfies(layer -> assertThat(layer.name().toString()).isEqualTo("lab/poet@1.0.0"));
      assertThat(asked).allMatch(question -> question.contains("scope=local&reach="));
      assertThat(asked).allMatch(question -> question.contains("q=sea+%26+more"));

      assertThat(peers.find(QUERY, Scope.REGIONAL).stream().map(Peers.Answer::peer))
          .containsExactly("good", "shy");
      assertThat(peers.find(QUERY, Scope.LOCAL)).isEmpty();
    }
  }

  private PeerSettings peer(String name, String region, int status, String answer)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/v1/find",
        exchange -> {
          asked.add(exchange.getRequestURI().getRawQuery());
          assertThat(exchange.getRequestHeaders().getFirst("Authorization")).isEqualTo("Bearer t");
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    servers.add(server);
    return new PeerSettings(
        name,
        "http://127.0.0.1:" + server.getAddress().getPort() + "/",
        region,
        "t",
        Duration.ofSeconds(5));
  }

  private static String found(String name, String visibility) {
    return """
    {"items":[{"name":"%s","digest":"%s","type":"lora","status":"active","visibility":"%s",
     "creator":"eve","score":16393,"origin":"local"}],"complete":true,"peers":[]}
    """
        .formatted(name, "ab".repeat(32), visibility);
  }
}
