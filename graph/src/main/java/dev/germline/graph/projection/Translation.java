package dev.germline.graph.projection;

import dev.germline.core.layers.Claim;
import dev.germline.core.layers.Layer;
import dev.germline.core.layers.LayerType;
import dev.germline.core.layers.Manifest;
import dev.germline.core.layers.Relationship;
import dev.germline.core.layers.Reply;
import dev.germline.core.layers.Statement;
import dev.germline.core.substrate.Chunk;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.Edge;
import dev.germline.core.substrate.EdgeKey;
import dev.germline.core.substrate.EdgeKind;
import dev.germline.core.substrate.Embedding;
import dev.germline.core.substrate.EntityId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What each entity of the ledger is in the graph. Pure: the same entities and records give the same
 * graph, whether they come one diff after the other or all at once, and that is what the audit
 * relies on.
 */
public final class Translation {
  /** MIME type of a document that is a layer record. */
  public static final String LAYER_MIME = "application/vnd.germline.layer+json";

  /** MIME type of a document that is a claim. */
  public static final String CLAIM_MIME = "application/vnd.germline.claim+json";

  static final String HAS_FILE = "HAS_FILE";

  /** Kind of the edge from a claim to the layer it is about. */
  public static final String CLAIM_SUBJECT = "CLAIM_SUBJECT";

  static final String CLAIM_OBJECT = "CLAIM_OBJECT";
  static final String CP_EDGE = "CP_EDGE";

  private static final String LAYER_PATH = "layers/";
  private static final String FILE_PATH = "blobs/";

  private Translation() {}

  /** Whether the document's content decides what its node says. */
  public static boolean isRecord(Document document) {
    return document.mimeType().equals(LAYER_MIME) || document.mimeType().equals(CLAIM_MIME);
  }

  /** Whether the content of the edge's source decides what the relation says. */
  public static boolean needsSource(EdgeKind kind) {
    return type(kind).equals(HAS_FILE);
  }

  /** Whether an arrow stands or falls with this edge, which starts at a claim. */
  public static boolean carriesArrow(EdgeKind kind) {
    String type = type(kind);
    return type.equals(CLAIM_SUBJECT) || type.equals(CLAIM_OBJECT);
  }

  /** The node of a document; {@code records} holds its content if it {@link #isRecord}. */
  public static Node node(Document document, Records records) {
    Set<String> labels = new HashSet<>(Set.of("Document"));
    Map<String, Object> properties = new HashMap<>();
    properties.put("id", document.id().toString());
    properties.put("path", document.path());
    properties.put("contentHash", document.contentHash().toHex());
    properties.put("sizeBytes", document.sizeBytes());
    properties.put("mimeType", document.mimeType());
    if (document.path().startsWith(FILE_PATH)) {
      labels.add("File");
    }
    switch (document.mimeType()) {
      case LAYER_MIME ->
          layer(document, records)
              .ifPresentOrElse(
                  layer -> describe(layer, document, labels, properties),
                  () -> properties.put("unreadable", unreadable(document, records)));
      case CLAIM_MIME ->
          claim(document, records)
              .ifPresentOrElse(
                  claim -> describe(claim, labels, properties),
                  () -> properties.put("unreadable", unreadable(document, records)));
      default -> {}
    }
    return new Node(document.id(), labels, properties);
  }

  /** The node of a chunk, without its text. */
  public static Node node(Chunk chunk) {
    return new Node(
        chunk.id(),
        Set.of("Chunk"),
        Map.of(
            "id", chunk.id().toString(),
            "textHash", chunk.textHash().toHex(),
            "sequence", chunk.sequence(),
            "byteOffset", chunk.byteOffset(),
            "byteLength", chunk.byteLength()));
  }

  /** The node of an embedding, without its vector. */
  public static Node node(Embedding embedding) {
    return new Node(
        embedding.id(),
        Set.of("Embedding"),
        Map.of(
            "id", embedding.id().toString(),
            "modelHash", embedding.modelHash().toHex(),
            "version", embedding.version(),
            "dimension", (long) embedding.vector().dimension()));
  }

  /**
   * The relation of an edge; none for the kinds that only claims draw.
   *
   * @param sourceContent content hash of the edge's source if it {@link #needsSource} and is a
   *     document
   */
  public static Optional<Relation> relation(
      Edge edge, Optional<Digest> sourceContent, Records records) {
    String type = type(edge.kind());
    if (type.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Object> properties = new HashMap<>();
    String kind = kind(edge.key());
    if (!kind.isEmpty()) {
      properties.put("kind", kind);
    }
    Float weight = edge.weight();
    if (weight != null) {
      properties.put("weight", weight.doubleValue());
    }
    if (type.equals(HAS_FILE)) {
      List<String> paths =
          sourceContent.map(layer -> records.paths(layer, edge.target())).orElse(List.of());
      properties.put("paths", paths);
    }
    return Optional.of(new Relation(edge.source(), edge.target(), type, kind, properties));
  }

  /** The arrow a claim document stands for, provided that both of its edges exist. */
  public static Optional<Arrow> arrow(Document document, Records records) {
    return claim(document, records)
        .filter(Relationship.class::isInstance)
        .map(Relationship.class::cast)
        .map(claim -> {
          Map<String, Object> properties = said(claim);
          properties.putAll(ClaimProperties.of(claim));
          properties.put("claim", document.id().toString());
          return new Arrow(
              document.id(),
              claim.kind(),
              id(claim.subject().digest()),
              id(claim.object().digest()),
              properties);
        });
  }

  /** Type of the relation that edges of this kind are drawn as; empty if they are not drawn. */
  static String type(EdgeKind kind) {
    return switch (kind) {
      case EdgeKind.DocToChunk _ -> "DOC_TO_CHUNK";
      case EdgeKind.ChunkToEmbedding _ -> "CHUNK_TO_EMBEDDING";
      case EdgeKind.ChunkToChunk _ -> "CHUNK_TO_CHUNK";
      case EdgeKind.Custom(String name) ->
          switch (name) {
            case HAS_FILE, CLAIM_SUBJECT, CLAIM_OBJECT -> name;
            case "EVOLVED_FROM", "DEPENDS_ON", "SYNERGIZES_WITH", "CONFLICTS_WITH" -> "";
            default -> CP_EDGE;
          };
    };
  }

  /** The kind that tells apart the CP_EDGEs between the same nodes; empty for other types. */
  static String kind(EdgeKey key) {
    return key.kind() instanceof EdgeKind.Custom(String name) && type(key.kind()).equals(CP_EDGE)
        ? name
        : "";
  }

  static Optional<Claim> claim(Document document, Records records) {
    return document.mimeType().equals(CLAIM_MIME)
        ? records.claim(document.contentHash())
        : Optional.empty();
  }

  private static Optional<Layer> layer(Document document, Records records) {
    return records
        .layer(document.contentHash())
        .filter(layer -> document.path().equals(LAYER_PATH + layer.name()));
  }

  private static String unreadable(Document document, Records records) {
    if (!records.has(document.contentHash())) {
      return "content missing";
    }
    return document.mimeType().equals(CLAIM_MIME)
        ? "not a claim record"
        : "not a layer record of the name in its path";
  }

  private static void describe(
      Layer layer, Document document, Set<String> labels, Map<String, Object> properties) {
    Manifest manifest = layer.manifest();
    labels.add("Layer");
    labels.add(label(layer.type()));
    properties.put("name", layer.name().toString());
    properties.put("namespace", layer.name().namespace());
    properties.put("version", layer.name().version().toString());
    properties.put("type", layer.type().toString());
    properties.put("digest", document.contentHash().toHex());
    properties.put("creator", manifest.provenance().creator());
    properties.put("createdAt", time(manifest.provenance().createdAt()));
    properties.put("visibility", manifest.sharing().visibility().toString());
    if (!manifest.sharing().allowedUsers().isEmpty()) {
      properties.put("allowedUsers", manifest.sharing().allowedUsers());
    }
    String description = manifest.description();
    if (description != null) {
      properties.put("description", description);
    }
  }

  private static void describe(Claim claim, Set<String> labels, Map<String, Object> properties) {
    labels.add("Claim");
    properties.put("type", claim.kind().name());
    properties.putAll(said(claim));
    switch (claim) {
      case Relationship relation -> {
        properties.put("subject", id(relation.subject().digest()).toString());
        properties.put("object", id(relation.object().digest()).toString());
        properties.putAll(ClaimProperties.of(relation));
      }
      case Statement statement -> {
        properties.put("subject", id(statement.subject().digest()).toString());
        properties.putAll(ClaimProperties.of(statement));
      }
      case Reply reply -> {
        properties.put("about", id(reply.claim()).toString());
        properties.putAll(ClaimProperties.of(reply));
      }
    }
  }

  private static Map<String, Object> said(Claim claim) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("assertedBy", claim.assertedBy());
    properties.put("at", time(claim.assertedAt()));
    return properties;
  }

  private static EntityId id(Digest record) {
    return Document.idOf(record);
  }

  private static Object time(Instant instant) {
    return instant.atZone(ZoneOffset.UTC);
  }

  private static String label(LayerType type) {
    return switch (type) {
      case FOUNDATION -> "FoundationLayer";
      case LORA -> "LoraLayer";
      case MEMORY -> "MemoryModule";
      case SPECIALIZATION -> "SpecializationModule";
      case COMMUNICATION -> "CommunicationAdapter";
    };
  }
}
