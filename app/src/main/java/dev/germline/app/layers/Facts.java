package dev.germline.app.layers;

import dev.germline.app.ledger.Rows;
import dev.germline.app.ledger.Submission;
import dev.germline.core.layers.Claim;
import dev.germline.core.layers.ClaimJson;
import dev.germline.core.layers.Layer;
import dev.germline.core.layers.LayerFile;
import dev.germline.core.layers.LayerJson;
import dev.germline.core.layers.Relationship;
import dev.germline.core.layers.Reply;
import dev.germline.core.layers.Statement;
import dev.germline.core.ledger.Batch;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.Edge;
import dev.germline.core.substrate.EdgeKind;
import dev.germline.core.substrate.Entity;
import dev.germline.core.substrate.EntityId;
import dev.germline.core.substrate.EntityRef;
import java.util.ArrayList;
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
  private static final EdgeKind REPLIES_TO = EdgeKind.custom("REPLIES_TO");
  private static final EdgeKind SUPERSEDES = EdgeKind.custom("SUPERSEDES");

  private final Map<EntityId, Document> documents = new LinkedHashMap<>();
  private final Set<Edge> edges = new LinkedHashSet<>();
  private final List<EntityRef> removals = new ArrayList<>();
  private final Map<Digest, byte[]> contents = new LinkedHashMap<>();

  /**
   * A claim with its place in the substrate.
   *
   * @param id of its document
   * @param digest of its record
   */
  record PlacedClaim(Claim claim, EntityId id, Digest digest) {}

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

  /** Adds a claim: its record, and what ties it to the layers or to the claim it is about. */
  PlacedClaim claim(Claim claim) {
    byte[] record = ClaimJson.canonical(claim);
    Digest digest = Blake3.hash(record);
    Document document =
        put(
            Document.of(
                "claims/" + claim.kind().name() + "/" + digest.toHex(),
                digest,
                List.of(),
                claim.assertedAt().toEpochMilli(),
                record.length,
                CLAIM_MIME));
    contents.put(digest, record);
    edges.addAll(edges(claim, document.id()));
    return new PlacedClaim(claim, document.id(), digest);
  }

  /**
   * Takes the edges of a claim that has ended out of the substrate, and with them its arrow out of
   * the graph. The claim's document stays.
   *
   * @param alone whether no other standing claim says the same relation of the same two layers
   */
  void end(Claim claim, EntityId id, boolean alone) {
    for (Edge edge : edges(claim, id)) {
      if (alone || edge.source().equals(id)) {
        removals.add(edge.ref());
      }
    }
  }

  private static List<Edge> edges(Claim claim, EntityId id) {
    return switch (claim) {
      case Relationship c -> {
        EntityId subject = Document.idOf(c.subject().digest());
        EntityId object = Document.idOf(c.object().digest());
        yield List.of(
            Edge.of(subject, object, EdgeKind.custom(c.kind().name())),
            Edge.of(id, subject, CLAIM_SUBJECT),
            Edge.of(id, object, CLAIM_OBJECT));
      }
      case Statement c -> List.of(Edge.of(id, Document.idOf(c.subject().digest()), CLAIM_SUBJECT));
      case Reply.Supersession c ->
          List.of(
              Edge.of(id, Document.idOf(c.claim()), REPLIES_TO),
              Edge.of(Document.idOf(c.by()), Document.idOf(c.claim()), SUPERSEDES));
      case Reply c -> List.of(Edge.of(id, Document.idOf(c.claim()), REPLIES_TO));
    };
  }

  /** The batch, with the registry rows that go with it. */
  Submission submission(Rows rows) {
    Map<Digest, byte[]> small = new LinkedHashMap<>(contents);
    small.values().removeIf(content -> content.length > Submission.MAX_CONTENT_BYTES);
    return new Submission(
        new Batch(
            Stream.<Entity>concat(documents.values().stream(), edges.stream()).toList(), removals),
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
