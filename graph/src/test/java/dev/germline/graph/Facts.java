package dev.germline.graph;

import dev.germline.core.layers.Claim;
import dev.germline.core.layers.ClaimJson;
import dev.germline.core.layers.FilePath;
import dev.germline.core.layers.Layer;
import dev.germline.core.layers.LayerFile;
import dev.germline.core.layers.LayerJson;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerRef;
import dev.germline.core.layers.LoraLayer;
import dev.germline.core.layers.Manifest;
import dev.germline.core.layers.Provenance;
import dev.germline.core.layers.Relationship;
import dev.germline.core.layers.Sharing;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.Edge;
import dev.germline.core.substrate.EdgeKind;
import dev.germline.core.substrate.Entity;
import dev.germline.core.substrate.EntityId;
import dev.germline.core.weights.FileFormat;
import dev.germline.core.weights.GitBlobId;
import dev.germline.graph.projection.Translation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Layers, claims and files as the registry writes them into the ledger. */
public final class Facts {
  private static final Instant AT = Instant.parse("2026-03-03T12:00:00.123Z");

  private Facts() {}

  public static Layer layer(String name, String... files) {
    return layer(name, "ada", new Sharing(Sharing.Visibility.PUBLIC, List.of(), null), files);
  }

  public static Layer layer(String name, String creator, Sharing sharing, String... files) {
    List<LayerFile> list = new ArrayList<>();
    for (String file : files) {
      list.add(
          new LayerFile(
              FilePath.parse(file),
              10,
              fileHash(file),
              fileHash("sha" + file),
              GitBlobId.parse("0123456789abcdef0123456789abcdef01234567"),
              FileFormat.ONNX,
              new TreeMap<>()));
    }
    return new LoraLayer(
        new Manifest(
            LayerName.parse(name),
            "the layer " + name,
            List.of(),
            List.of(),
            new Provenance(creator, AT, Provenance.Method.TRAINING, List.of(), List.of()),
            sharing,
            null,
            List.of(),
            List.of(),
            list),
        new LoraLayer.LoraConfig(8, 16, List.of("q_proj"), 0.1),
        null,
        null);
  }

  /** Files of the same last segment have the same content. */
  private static Digest fileHash(String path) {
    return Blake3.hash(path.substring(path.lastIndexOf('/') + 1).getBytes(StandardCharsets.UTF_8));
  }

  public static EntityId id(Layer layer) {
    return Document.idOf(LayerJson.digest(layer));
  }

  public static EntityId id(Claim claim) {
    return Document.idOf(ClaimJson.digest(claim));
  }

  public static Document document(Layer layer) {
    byte[] record = LayerJson.canonical(layer);
    return document("layers/" + layer.name(), record, Translation.LAYER_MIME);
  }

  public static Document document(String path, byte[] content, String mimeType) {
    return Document.of(path, Blake3.hash(content), List.of(), 0, content.length, mimeType);
  }

  /** The layer's document, its files' documents and the edges between them. */
  public static List<Entity> entities(MemoryLedger ledger, Layer layer) {
    ledger.content(LayerJson.canonical(layer));
    List<Entity> entities = new ArrayList<>();
    Document document = document(layer);
    entities.add(document);
    for (LayerFile file : layer.manifest().files()) {
      Document blob =
          Document.of(
              "blobs/" + file.blake3().toHex(),
              file.blake3(),
              List.of(),
              0,
              file.sizeBytes(),
              "application/octet-stream");
      entities.add(blob);
      entities.add(Edge.of(document.id(), blob.id(), EdgeKind.custom("HAS_FILE")));
    }
    return entities;
  }

  /** The claim's document and its three edges. */
  public static List<Entity> entities(MemoryLedger ledger, Relationship claim) {
    byte[] record = ClaimJson.canonical(claim);
    ledger.content(record);
    Document document =
        document(
            "claims/" + claim.kind() + "/" + Blake3.hash(record).toHex(),
            record,
            Translation.CLAIM_MIME);
    EntityId subject = Document.idOf(claim.subject().digest());
    EntityId object = Document.idOf(claim.object().digest());
    return List.of(
        document,
        Edge.of(subject, object, EdgeKind.custom(claim.kind().name())),
        Edge.of(document.id(), subject, EdgeKind.custom("CLAIM_SUBJECT")),
        Edge.of(document.id(), object, EdgeKind.custom("CLAIM_OBJECT")));
  }

  public static long publish(MemoryLedger ledger, Layer layer) {
    return ledger.put(entities(ledger, layer));
  }

  public static long claim(MemoryLedger ledger, Relationship claim) {
    return ledger.put(entities(ledger, claim));
  }

  public static Relationship.EvolvedFrom evolved(Layer child, Layer parent) {
    return new Relationship.EvolvedFrom(
        LayerRef.to(child),
        LayerRef.to(parent),
        "ada",
        AT,
        "finetune",
        0.9,
        new TreeMap<>(Map.of("mteb.retrieval", 0.5168, "latency", -3.0)));
  }

  public static Relationship.DependsOn depends(Layer subject, Layer object) {
    return new Relationship.DependsOn(
        LayerRef.to(subject), LayerRef.to(object), "ada", AT, "runtime", 1, true);
  }

  public static Relationship.SynergizesWith synergizes(Layer subject, Layer object) {
    return new Relationship.SynergizesWith(
        LayerRef.to(subject), LayerRef.to(object), "bob", AT, 0.5, List.of());
  }

  public static Relationship.ConflictsWith conflicts(Layer subject, Layer object) {
    return new Relationship.ConflictsWith(
        LayerRef.to(subject), LayerRef.to(object), "ada", AT, "format", 0.25, null);
  }
}
