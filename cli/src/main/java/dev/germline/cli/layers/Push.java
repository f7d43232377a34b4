package dev.germline.cli.layers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.cli.layers.Upload.Sent;
import dev.germline.cli.server.Answer;
import dev.germline.cli.server.Client;
import dev.germline.cli.server.Retry;
import dev.germline.cli.terminal.Progress;
import dev.germline.cli.terminal.Terminal;
import dev.germline.core.layers.LayerName;
import dev.germline.core.weights.ContentDigest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Publishes a layer: hashes its files, sends what the server lacks, then states the layer. */
public final class Push {
  private final Client client;
  private final Terminal terminal;
  private final Retry retry;

  public Push(Client client, Terminal terminal) {
    this(client, terminal, Retry.patient());
  }

  Push(Client client, Terminal terminal, Retry retry) {
    this.client = client;
    this.terminal = terminal;
    this.retry = retry;
  }

  /**
   * What came of it.
   *
   * @param layer as the server describes it
   * @param fresh false when exactly this was published before
   * @param bytes of all files
   * @param sentBytes that had to travel
   */
  public record Published(JsonNode layer, boolean fresh, long bytes, long sentBytes) {}

  /**
   * Publishes.
   *
   * @param draft the layer without its files; they are put in
   */
  public Published publish(LayerName name, ObjectNode draft, List<LocalFile> files) {
    // Whether anybody answers is said at once, not after hashing gigabytes; a server that is
    // starting is waited for.
    if (client.ask(Client.layer(name)).status() >= 500) {
      retry.call(() -> knownOrNot(name));
    }
    files.forEach(LocalFile::summary);
    long bytes = files.stream().mapToLong(LocalFile::size).sum();
    List<ContentDigest> digests;
    try (Progress progress = Progress.of(terminal, "hashing", bytes)) {
      digests = Crew.each(files, Crew.TRANSFERS, file -> file.sha256(progress));
    }
    String parent = draft.at("/provenance/parents/0/layer").asText(null);
    Map<ContentDigest, Sent> stored = upload(files, digests, parent);
    ArrayNode list = draft.putArray("files");
    for (int i = 0; i < files.size(); i++) {
      list.addObject()
          .put("path", files.get(i).path().value())
          .put("blake3", Objects.requireNonNull(stored.get(digests.get(i))).blake3().toHex());
    }
    long sent = stored.values().stream().mapToLong(Sent::sent).sum();
    Answer answer = retry.call(() -> client.post("/api/v1/layers", draft));
    return new Published(answer.json(), answer.status() == 201, bytes, sent);
  }

  private Answer knownOrNot(LayerName name) {
    Answer answer = client.ask(Client.layer(name));
    return answer.status() == 404 ? answer : answer.orStop();
  }

  private Map<ContentDigest, Sent> upload(
      List<LocalFile> files, List<ContentDigest> digests, @Nullable String parent) {
    Map<ContentDigest, LocalFile> distinct = new LinkedHashMap<>();
    for (int i = 0; i < files.size(); i++) {
      distinct.putIfAbsent(digests.get(i), files.get(i));
    }
    long bytes = distinct.values().stream().mapToLong(LocalFile::size).sum();
    Upload upload = new Upload(client, retry, parent);
    List<ContentDigest> each = List.copyOf(distinct.keySet());
    List<Sent> sent;
    try (Progress progress = Progress.of(terminal, "uploading", bytes)) {
      sent =
          Crew.each(
              List.copyOf(distinct.entrySet()),
              Crew.TRANSFERS,
              file -> upload.send(file.getValue(), file.getKey(), progress));
    }
    Map<ContentDigest, Sent> stored = new HashMap<>();
    for (int i = 0; i < sent.size(); i++) {
      stored.put(each.get(i), sent.get(i));
    }
    return stored;
  }
}
