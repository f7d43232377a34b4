package dev.germline.app.sharing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.germline.app.config.PeerSettings;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerStatus;
import dev.germline.core.layers.LayerType;
import dev.germline.core.substrate.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Other registries, asked what they have. Each is asked for its own layers only (scope local), so a
 * question never comes back; what it says is taken for its word and labelled with its name. A peer
 * that does not answer in time is named in the answer and holds nobody up. Thread-safe.
 */
public final class Peers implements AutoCloseable {
  /** A peer's answer is read up to here. */
  private static final int MOST_BYTES = 4 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<PeerSettings> peers;
  private final String region;
  private final HttpClient client;
  private final ExecutorService threads;

  public Peers(Collection<PeerSettings> peers, String region) {
    this.peers = peers.stream().sorted().toList();
    this.region = region;
    this.threads = Executors.newVirtualThreadPerTaskExecutor();
    this.client =
        HttpClient.newBuilder()
            .executor(threads)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * What one peer answered.
   *
   * @param problem why it is not there, in a word for people; absent when it answered
   */
  public record Answer(String peer, List<FoundLayer> layers, @Nullable String problem) {}

  /** Asks all peers of the scope at once; their answers in the order of their names. */
  List<Answer> find(LayerQuery query, Scope scope) {
    List<PeerSettings> asked =
        peers.stream()
            .filter(peer ->
                switch (scope) {
                  case LOCAL -> false;
                  case REGIONAL -> !region.isEmpty() && peer.region().equals(region);
                  case GLOBAL -> true;
                })
            .toList();
    List<Future<Answer>> answers =
        asked.stream().map(peer -> threads.submit(() -> ask(peer, query, scope))).toList();
    List<Answer> all = new ArrayList<>();
    for (Future<Answer> answer : answers) {
      try {
        all.add(answer.get());
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        answers.forEach(one -> one.cancel(true));
        return List.copyOf(all);
      } catch (ExecutionException defect) {
        throw new IllegalStateException("asking a peer failed", defect.getCause());
      }
    }
    return List.copyOf(all);
  }

  private Answer ask(PeerSettings peer, LayerQuery query, Scope scope) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(
                  URI.create(peer.base() + "/api/v1/find?scope=local&reach=" + scope + text(query)))
              .timeout(peer.timeout())
              .header("Accept", "application/json");
      if (!peer.token().isEmpty()) {
        request.header("Authorization", "Bearer " + peer.token());
      }
      HttpResponse<InputStream> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() != 200) {
          return missing(peer, "it answered " + response.statusCode());
        }
        byte[] json = body.readNBytes(MOST_BYTES + 1);
        return json.length > MOST_BYTES
            ? missing(peer, "its answer is too long")
            : new Answer(peer.name(), layers(peer, JSON.readTree(json), query.limit()), null);
      }
    } catch (IOException broken) {
      return missing(peer, "it did not answer within " + peer.timeout().toMillis() + " ms");
    } catch (GermlineException | IllegalArgumentException nonsense) {
      return missing(peer, "its answer is not understood");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return missing(peer, "the server is stopping");
    }
  }

  private static Answer missing(PeerSettings peer, String why) {
    return new Answer(peer.name(), List.of(), why);
  }

  private static List<FoundLayer> layers(PeerSettings peer, JsonNode answer, int limit) {
    List<FoundLayer> layers = new ArrayList<>();
    for (JsonNode item : answer.path("items")) {
      // What the peer shows its own users only is not passed on to ours.
      if (item.path("visibility").asText().equals("public") && layers.size() < limit) {
        layers.add(
            new FoundLayer(
                LayerName.parse(item.path("name").asText()),
                Digest.parse(item.path("digest").asText()),
                LayerType.parse(item.path("type").asText()),
                LayerStatus.valueOf(item.path("status").asText().toUpperCase(Locale.ROOT)),
                "public",
                item.path("creator").asText(),
                item.path("description").textValue(),
                item.path("license").textValue(),
                item.path("score").asInt(),
                peer.name()));
      }
    }
    return layers;
  }

  private static String text(LayerQuery query) {
    StringBuilder text = new StringBuilder("&limit=").append(query.limit());
    add(text, "q", query.text());
    add(text, "type", query.type());
    add(text, "namespace", query.namespace());
    add(text, "capability", query.capability());
    add(text, "license", query.license());
    add(text, "commercialUse", query.commercialUse());
    add(text, "status", query.status());
    query.metrics().forEach(metric -> add(text, "metric", metric));
    return text.toString();
  }

  private static void add(StringBuilder text, String name, @Nullable Object value) {
    if (value != null) {
      text.append('&')
          .append(name)
          .append('=')
          .append(URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    threads.shutdownNow();
  }
}
