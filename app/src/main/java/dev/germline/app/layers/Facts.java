package dev.germline.app.layers;

import dev.germline.app.ledger.Rows;
import dev.germline.app.ledger.Submission;
import dev.germline.core.layers.Claim;
import dev.germline.core.layers.ClaimJson;
import dev.germline.core.layers.Layer;
import dev.germline.core.layers.LayerFile;
import dev.germline.core.layers.LayerJson;
import dev.germline.core.ledger.Batch;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.Edge;
import dev.germline.core.substrate.EdgeKind;
import dev.germline.core.substrate.Entity;
import dev.germline.core.substrate.EntityId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How layers and claims stand in the substrate: documents named by content and edges between them
 * (docs/life-of-a-fact.md). Collects those of one batch.
 */
final class Facts {
  private static final String LAYER_MIME = "application/vnd.germline.layer+json";
  private static final String CLAIM_MIME = "application/vnd.germline.claim+json";
  private static final String FILE_MIME = "application/octet-stream";
  private static final EdgeKind HAS_FILE = EdgeKind.custom("HAS_FILE");
  private static final EdgeKind CLAIM_SUBJECT = EdgeKind.custom("CLAIM_SUBJECT");
  private static final EdgeKind CLAIM_OBJECT = EdgeKind.custom("CLAIM_OBJECT");

  private final Map<EntityId, Document> documents = new LinkedHashMap<>();
  private final Set<Edge> edges = new LinkedHashSet<>();
  private final Map<Digest, byte[]> contents = new LinkedHashMap<>();

  /** A claim with its place in the substrate. */
  record PlacedClaim(Claim claim, EntityId id) {
    EntityId subject() {
      return Document.idOf(claim.subject().digest());
    }

    EntityId object() {
      return Document.idOf(claim.object().digest());
    }
  }

  /** Adds a layer: its record, its distinct files, and what ties them. */
  EntityId layer(Layer layer) {
    byte[] record = LayerJson.canonical(layer);
    Digest digest = Blake3.hash(record);
    long at = layer.manifest().provenance().createdAt().toEpochMilli();
    Document document =
        put(
            Document.of(
                "layers/" + layer.name(), digest, List.of(), at, record.length, LAYER_MIME));
    contents.put(digest, record);
    for (LayerFile file : layer.manifest().files()) {
      Document bytes =
          put(
              Document.of(
                  "blobs/" + file.blake3().toHex(),
                  file.blake3(),
                  List.of(),
                  at,
                  file.sizeBytes(),
                  FILE_MIME));
      edges.add(Edge.of(document.id(), bytes.id(), HAS_FILE));
    }
    return document.id();
  }

  /** Adds a claim: its record, the arrow it is evidence of, and what ties it to both layers. */
  PlacedClaim claim(Claim claim) {
    byte[] record = ClaimJson.canonical(claim);
    Digest digest = Blake3.hash(record);
    Document document =
        put(
            Document.of(
                "claims/" + claim.kind() + "/" + digest.toHex(),
                digest,
                List.of(),
                claim.assertedAt().toEpochMilli(),
                record.length,
                CLAIM_MIME));
    contents.put(digest, record);
    PlacedClaim placed = new PlacedClaim(claim, document.id());
    edges.add(Edge.of(placed.subject(), placed.object(), EdgeKind.custom(claim.kind().name())));
    edges.add(Edge.of(placed.id(), placed.subject(), CLAIM_SUBJECT));
    edges.add(Edge.of(placed.id(), placed.object(), CLAIM_OBJECT));
    return placed;
  }

  /** The batch, with the registry rows that go with it. */
  Submission submission(Rows rows) {
    Map<Digest, byte[]> small = new LinkedHashMap<>(contents);
    small.values().removeIf(content -> content.length > Submission.MAX_CONTENT_BYTES);
    return new Submission(
        new Batch(
            Stream.<Entity>concat(documents.values().stream(), edges.stream()).toList(), List.of()),
        small,
        rows);
  }

  /** Contents to be in the store of bytes before the batch is committed. */
  Map<Digest, byte[]> large() {
    Map<Digest, byte[]> large = new LinkedHashMap<>(contents);
    large.values().removeIf(content -> content.length <= Submission.MAX_CONTENT_BYTES);
    return large;
  }

  private Document put(Document document) {
    documents.putIfAbsent(document.id(), document);
    return document;
  }
}
