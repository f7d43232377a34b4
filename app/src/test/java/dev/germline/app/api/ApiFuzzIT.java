package dev.germline.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.germline.app.TestApp;
import dev.germline.app.api.DocumentedApi.Operation;
import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import dev.germline.app.identity.Tokens;
import dev.germline.app.layers.Samples;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every operation of the OpenAPI document, asked with right, odd and hostile values: the server
 * never fails, refuses with a problem, and answers as the document says.
 */
final class ApiFuzzIT {
  private static final int REQUESTS = 20;
  private static final int MOST_READ = 1 << 20;
  private static final TestApp APP = TestApp.get();
  private static final DocumentedApi API =
      new DocumentedApi(APP.anonymous().get("/swagger/germline.yml").text());

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String USER = token("fuzz", Role.USER);
  private static final String ADMIN = token("admin", Role.ADMIN);
  private static final String NAMESPACE = TestApp.unique("fuzz");

  private static Map<String, List<String>> good = Map.of();
  private static List<JsonNode> layers = List.of();

  private static String token(String name, Role role) {
    return APP.bean(Tokens.class).issue(new Caller(name, role), Optional.empty());
  }

  @BeforeAll
  static void aLayerToAskAbout() {
    TestApp.As user = APP.as("fuzz");
    String blake3 = user.upload(Samples.safetensors(4_096));
    String name = NAMESPACE + "/known@1.0.0";
    TestApp.Answer published =
        user.post("/api/v1/layers", Samples.foundation(name).file("a.safetensors", blake3).json());
    assertThat(published.status()).as(published.text()).isEqualTo(201);
    layers = List.of(HostileValues.json(Samples.foundation(NAMESPACE + "/x@1.0.0").json()));
    good =
        Map.of(
            "namespace", List.of(NAMESPACE),
            "name", List.of("known"),
            "version", List.of("1.0.0"),
            "path", List.of("a.safetensors"),
            "file", List.of("a.safetensors"),
            "blake3", List.of(blake3),
            "depth", List.of("1", "64"),
            "limit", List.of("1", "100"),
            "sequence", List.of("1", "2"),
            "format", List.of("raw", "safetensors"));
  }

  @TestFactory
  Stream<DynamicTest> theServerAnswersAsItsDocumentSays() {
    return API.operations().stream()
        .map(operation -> DynamicTest.dynamicTest(operation.toString(), () -> fuzz(operation)));
  }

  private static void fuzz(Operation operation) throws Exception {
    HostileValues values = new HostileValues(API, good, operation.toString().hashCode());
    for (int i = 0; i < (operation.streams() ? 2 : REQUESTS); i++) {
      HttpRequest request = request(operation, values);
      HttpResponse<InputStream> response = CLIENT.send(request, BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        check(operation, request, response, operation.streams() ? new byte[0] : read(body));
      }
    }
  }

  private static byte[] read(InputStream body) throws Exception {
    return body.readNBytes(MOST_READ);
  }

  private static void check(
      Operation operation, HttpRequest request, HttpResponse<InputStream> response, byte[] body) {
    String shown =
        "%s %s: %d %s"
            .formatted(
                request.method(),
                request.uri(),
                response.statusCode(),
                new String(body, 0, Math.min(body.length, 600), StandardCharsets.UTF_8));
    String type = response.headers().firstValue("content-type").orElse("");
    assertThat(response.statusCode()).as(shown).isLessThan(500);
    if (response.statusCode() >= 400) {
      if (!request.method().equals("HEAD") && !operation.streams()) {
        assertThat(type).as(shown).isEqualTo("application/problem+json");
        assertThat(HostileValues.json(new String(body, StandardCharsets.UTF_8)).fieldNames())
            .toIterable()
            .as(shown)
            .contains("type", "title", "status", "detail", "code", "requestId");
      }
    } else if (type.startsWith("application/json") && body.length > 0) {
      JsonNode answer = HostileValues.json(new String(body, StandardCharsets.UTF_8));
      assertThat(API.differences(operation, response.statusCode(), answer)).as(shown).isEmpty();
    }
  }

  private static HttpRequest request(Operation operation, HostileValues values) {
    String path = operation.path();
    List<String> query = new ArrayList<>();
    for (JsonNode parameter : operation.parameters()) {
      String name = parameter.path("name").asText();
      String value = encoded(values.parameter(parameter));
      switch (parameter.path("in").asText()) {
        case "path" -> path = path.replace("{" + name + "}", value.isEmpty() ? "-" : value);
        case "query" -> {
          if (values.below(3) > 0) {
            query.add(name + "=" + value);
          }
        }
        default -> {}
      }
    }
    String uri = path + (query.isEmpty() ? "" : "?" + String.join("&", query));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(APP.uri("/").resolve(uri).toString()))
            .timeout(Duration.ofSeconds(30));
    String bodyType = operation.bodyType();
    if (bodyType.isEmpty()) {
      request.method(operation.method(), BodyPublishers.noBody());
    } else {
      List<JsonNode> examples = operation.path().equals("/api/v1/layers") ? layers : List.of();
      request
          .method(
              operation.method(),
              BodyPublishers.ofByteArray(values.body(operation.bodySchema(), examples)))
          .header("Content-Type", bodyType.contains("*") ? "application/octet-stream" : bodyType);
    }
    // An admin's writes would begin long work; its reads show what others may not see.
    boolean admin = operation.method().equals("GET") && values.below(3) == 0;
    return request.header("Authorization", "Bearer " + (admin ? ADMIN : USER)).build();
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The caller comes with the token. */
  @Test
  void noOperationAsksForTheCaller() {
    assertThat(API.operations())
        .isNotEmpty()
        .noneMatch(operation -> operation.json().toString().contains("\"caller\""));
  }
}
