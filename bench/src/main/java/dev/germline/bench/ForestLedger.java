package dev.germline.bench;

import dev.germline.core.layers.ClaimJson;
import dev.germline.core.layers.Layer;
import dev.germline.core.layers.LayerJson;
import dev.germline.core.layers.LayerRef;
import dev.germline.core.layers.LoraLayer;
import dev.germline.core.layers.Manifest;
import dev.germline.core.layers.Provenance;
import dev.germline.core.layers.Relationship;
import dev.germline.core.layers.Sharing;
import dev.germline.core.ledger.CognitiveDiff;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.DeviceId;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.Edge;
import dev.germline.core.substrate.EdgeKind;
import dev.germline.core.substrate.EntityId;
import dev.germline.core.substrate.UnknownFields;
import dev.germline.graph.projection.CommittedDiff;
import dev.germline.graph.projection.LedgerFeed;
import dev.germline.graph.projection.Translation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A forest as the ledger would give it to the projector: true records, in memory, unsigned. */
final class ForestLedger implements LedgerFeed {
  /** Arrows of one commit. */
  private static final int COMMIT = 100;

  private static final Instant AT = Instant.parse(ForestImport.AT);
  private static final Digest NOTHING = Digest.of(new byte[Digest.BYTES]);

  private final Map<Digest, byte[]> contents = new HashMap<>();
  private final List<CommittedDiff> diffs = new ArrayList<>();
  private final List<Document> documents = new ArrayList<>();
  private final List<Edge> edges = new ArrayList<>();

  ForestLedger(Forest forest) {
    List<LayerRef> layers = new ArrayList<>();
    for (int i = 0; i < forest.layers(); i++) {
      Layer layer = layer(forest, i);
      document("layers/" + layer.name(), LayerJson.canonical(layer), Translation.LAYER_MIME);
      layers.add(LayerRef.to(layer));
      if (documents.size() >= COMMIT) {
        commit();
      }
    }
    for (int i = 0; i < forest.arrows(); i++) {
      claim(forest, i, layers.get(forest.from(i)), layers.get(forest.to(i)));
      if (documents.size() >= COMMIT) {
        commit();
      }
    }
    commit();
  }

  long head() {
    return diffs.size();
  }

  @Override
  public List<CommittedDiff> readAfter(long sequence, int maxDiffs) {
    int from = (int) Math.min(sequence, diffs.size());
    return diffs.subList(from, Math.min(diffs.size(), from + maxDiffs));
  }

  @Override
  public Map<Digest, byte[]> contents(Set<Digest> digests) {
    Map<Digest, byte[]> found = new HashMap<>();
    digests.forEach(digest -> found.computeIfAbsent(digest, contents::get));
    return found;
  }

  private static Layer layer(Forest forest, int number) {
    return new LoraLayer(
        new Manifest(
            forest.name(number),
            "layer " + number,
            List.of(),
            List.of(),
            new Provenance(
                ForestImport.creator(number), AT, Provenance.Method.TRAINING, List.of(), List.of()),
            new Sharing(
                Sharing.Visibility.valueOf(
                    ForestImport.visibility(number).toUpperCase(Locale.ROOT)),
                List.of(),
                null),
            null,
            List.of(),
            List.of(),
            List.of()),
        new LoraLayer.LoraConfig(8, 16, List.of("q_proj"), 0.1),
        null,
        null);
  }

  private void claim(Forest forest, int arrow, LayerRef from, LayerRef to) {
    String by = ForestImport.creator(forest.from(arrow));
    Relationship claim =
        switch (forest.kind(arrow)) {
          case EVOLVED_FROM ->
              new Relationship.EvolvedFrom(
                  from,
                  to,
                  by,
                  AT,
                  "finetune",
                  ForestImport.confidence(arrow),
                  new TreeMap<>(Map.of("ndcg", 0.5, "latency", 3.0)));
          case DEPENDS_ON -> new Relationship.DependsOn(from, to, by, AT, "runtime", 0.5, true);
          case SYNERGIZES_WITH ->
              new Relationship.SynergizesWith(from, to, by, AT, 0.5, List.of("autofix", "review"));
          case CONFLICTS_WITH ->
              new Relationship.ConflictsWith(from, to, by, AT, "format", 0.25, null);
        };
    byte[] record = ClaimJson.canonical(claim);
    if (contents.containsKey(Blake3.hash(record))) {
      return; // the forest has the same arrow twice
    }
    String path = "claims/" + claim.kind() + "/" + Blake3.hash(record).toHex();
    EntityId id = document(path, record, Translation.CLAIM_MIME);
    EntityId subject = Document.idOf(from.digest());
    EntityId object = Document.idOf(to.digest());
    edges.add(Edge.of(subject, object, EdgeKind.custom(claim.kind().name())));
    edges.add(Edge.of(id, subject, EdgeKind.custom("CLAIM_SUBJECT")));
    edges.add(Edge.of(id, object, EdgeKind.custom("CLAIM_OBJECT")));
  }

  private EntityId document(String path, byte[] record, String mimeType) {
    Digest digest = Blake3.hash(record);
    contents.put(digest, record);
    Document document = Document.of(path, digest, List.of(), 0, record.length, mimeType);
    documents.add(document);
    return document.id();
  }

  private void commit() {
    if (documents.isEmpty()) {
      return;
    }
    documents.sort(Comparator.comparing(Document::id));
    edges.sort(Comparator.comparing(Edge::key));
    long sequence = diffs.size() + 1L;
    diffs.add(
        new CommittedDiff(
            sequence,
            Blake3.hash(("commit " + sequence).getBytes(StandardCharsets.UTF_8)),
            new CognitiveDiff(
                List.copyOf(documents),
                List.of(),
                List.of(),
                List.copyOf(edges),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                NOTHING,
                NOTHING,
                0,
                new DeviceId(0, 0),
                sequence,
                UnknownFields.NONE)));
    documents.clear();
    edges.clear();
  }
}
