package dev.germline.core.substrate;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.cbor.CborMap;
import dev.germline.core.cbor.CborReader;
import dev.germline.core.cbor.CborWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One entity as deterministic CBOR: a map with the field names of CP-001 as text keys. What it
 * writes is what root_v2 commits to, what rows hold and what diffs carry (docs/cp-001-profile.md).
 * Reading and writing again gives the same bytes, unknown fields included.
 */
public final class EntityCodec {
  /** The longest encoding of one entity, in bytes. */
  public static final int MAX_BYTES = 2 << 20;

  private static final int MAX_FIELDS = 256;

  private static final Map<EntityKind, Set<String>> FIELDS =
      Map.of(
          EntityKind.DOCUMENT,
          Set.of(
              "id",
              "path_id",
              "path",
              "content_hash",
              "hierarchical_hash",
              "mtime",
              "size_bytes",
              "mime_type"),
          EntityKind.CHUNK,
          Set.of(
              "id", "document_id", "text", "text_hash", "byte_offset", "byte_length", "sequence"),
          EntityKind.EMBEDDING,
          Set.of("id", "chunk_id", "vector", "model_hash", "embedding_version", "l2_norm"),
          EntityKind.EDGE,
          Set.of("source_id", "target_id", "kind", "weight"));

  private EntityCodec() {}

  /** The deterministic encoding. */
  public static byte[] encode(Entity entity) {
    CborMap map =
        switch (entity) {
          case Document d ->
              new CborMap()
                  .put("id", d.id().bytes())
                  .put("path_id", d.pathId().bytes())
                  .put("path", d.path())
                  .put("content_hash", d.contentHash().bytes())
                  .put("hierarchical_hash", d.hierarchicalHash().bytes())
                  .put("mtime", d.mtimeMillis())
                  .put("size_bytes", d.sizeBytes())
                  .put("mime_type", d.mimeType());
          case Chunk c ->
              new CborMap()
                  .put("id", c.id().bytes())
                  .put("document_id", c.documentId().bytes())
                  .put("text", c.text())
                  .put("text_hash", c.textHash().bytes())
                  .put("byte_offset", c.byteOffset())
                  .put("byte_length", c.byteLength())
                  .put("sequence", c.sequence());
          case Embedding e ->
              new CborMap()
                  .put("id", e.id().bytes())
                  .put("chunk_id", e.chunkId().bytes())
                  .put("vector", e.vector().bytes())
                  .put("model_hash", e.modelHash().bytes())
                  .put("embedding_version", e.version())
                  .put("l2_norm", e.l2Norm());
          case Edge e -> edge(e);
        };
    for (UnknownFields.Field field : entity.unknown().fields()) {
      map.putEncoded(field.key(), field.value());
    }
    return map.toBytes();
  }

  private static CborMap edge(Edge edge) {
    CborMap map =
        new CborMap()
            .put("source_id", edge.source().bytes())
            .put("target_id", edge.target().bytes())
            .put("kind", writeKind(edge.kind()));
    Float weight = edge.weight();
    return weight == null ? map : map.put("weight", new CborWriter().real(weight));
  }

  /** A kind of CP-001 as its number, a custom one as its name. */
  public static CborWriter writeKind(EdgeKind kind) {
    return kind instanceof EdgeKind.Custom custom
        ? new CborWriter().text(custom.name())
        : new CborWriter().integer(kind.code());
  }

  /** The reverse of {@link #writeKind}. */
  public static EdgeKind readKind(CborReader in) {
    if (in.peekMajor() == CborReader.TEXT) {
      return EdgeKind.custom(in.text(EdgeKind.Custom.MAX_NAME_BYTES));
    }
    long code = in.integer();
    if (code == EdgeKind.DOC_TO_CHUNK.code()) {
      return EdgeKind.DOC_TO_CHUNK;
    }
    if (code == EdgeKind.CHUNK_TO_EMBEDDING.code()) {
      return EdgeKind.CHUNK_TO_EMBEDDING;
    }
    if (code == EdgeKind.CHUNK_TO_CHUNK.code()) {
      return EdgeKind.CHUNK_TO_CHUNK;
    }
    throw new GermlineException(Fault.MALFORMED_DIFF, "there is no edge kind " + code);
  }

  /**
   * Reads one entity and nothing after it.
   *
   * @throws GermlineException MALFORMED_DIFF if it is not deterministic CBOR or lacks a field,
   *     LIMIT_EXCEEDED if it is too large, INVALID_ENTITY if it contradicts CP-001
   */
  public static Entity decode(EntityKind kind, byte[] cbor) {
    if (cbor.length > MAX_BYTES) {
      throw new GermlineException(
          Fault.LIMIT_EXCEEDED, "an entity has at most " + MAX_BYTES + " bytes of CBOR");
    }
    CborReader in = new CborReader(cbor);
    Entity entity = read(kind, in);
    in.end();
    return entity;
  }

  /** Reads the next item as an entity; fails like {@link #decode}. */
  public static Entity read(EntityKind kind, CborReader in) {
    Fields f = readMap(in, FIELDS.getOrDefault(kind, Set.of()));
    return switch (kind) {
      case DOCUMENT ->
          new Document(
              EntityId.of(f.get("id").fixed(EntityId.BYTES)),
              PathId.of(f.get("path_id").fixed(EntityId.BYTES)),
              f.get("path").text(Document.MAX_PATH_BYTES),
              Digest.of(f.get("content_hash").fixed(Digest.BYTES)),
              Digest.of(f.get("hierarchical_hash").fixed(Digest.BYTES)),
              f.get("mtime").integer(),
              f.get("size_bytes").integer(),
              f.get("mime_type").text(Document.MAX_MIME_BYTES),
              f.unknown());
      case CHUNK ->
          new Chunk(
              EntityId.of(f.get("id").fixed(EntityId.BYTES)),
              EntityId.of(f.get("document_id").fixed(EntityId.BYTES)),
              f.get("text").text(Chunk.MAX_TEXT_BYTES),
              Digest.of(f.get("text_hash").fixed(Digest.BYTES)),
              f.get("byte_offset").integer(),
              f.get("byte_length").integer(),
              f.get("sequence").integer(),
              f.unknown());
      case EMBEDDING ->
          new Embedding(
              EntityId.of(f.get("id").fixed(EntityId.BYTES)),
              EntityId.of(f.get("chunk_id").fixed(EntityId.BYTES)),
              QuantizedVector.fromBytes(f.get("vector").bytes(2 * QuantizedVector.MAX_DIMENSION)),
              Digest.of(f.get("model_hash").fixed(Digest.BYTES)),
              f.get("embedding_version").integer(),
              f.get("l2_norm").integer(),
              f.unknown());
      case EDGE ->
          new Edge(
              EntityId.of(f.get("source_id").fixed(EntityId.BYTES)),
              EntityId.of(f.get("target_id").fixed(EntityId.BYTES)),
              readKind(f.get("kind")),
              f.has("weight") ? weight(f.get("weight").real()) : null,
              f.unknown());
    };
  }

  private static float weight(double value) {
    float weight = (float) value;
    boolean exact = weight == value && Double.doubleToRawLongBits(value) != Long.MIN_VALUE;
    if (!exact) {
      throw new GermlineException(
          Fault.MALFORMED_DIFF, "a weight is a finite binary32 number other than -0, not " + value);
    }
    return weight;
  }

  /**
   * Reads a map: the values of the known keys each behind a reader of its own, the others kept as
   * they are. Keys must ascend in the order of RFC 8949 4.2.1, which also rules out duplicates.
   */
  public static Fields readMap(CborReader in, Set<String> known) {
    int pairs = in.map(MAX_FIELDS);
    Map<String, CborReader> values = new HashMap<>();
    List<UnknownFields.Field> unknown = new ArrayList<>();
    byte[] previous = new byte[0];
    for (int i = 0; i < pairs; i++) {
      int keyStart = in.position();
      in.skip();
      int valueStart = in.position();
      byte[] key = in.copy(keyStart, valueStart);
      if (Arrays.compareUnsigned(previous, key) >= 0) {
        throw new GermlineException(
            Fault.MALFORMED_DIFF, "map keys are out of order or repeated before " + in.position());
      }
      previous = key;
      String name = nameOf(key);
      in.skip();
      if (known.contains(name)) {
        values.put(name, in.view(valueStart, in.position()));
      } else {
        byte[] value = in.copy(valueStart, in.position());
        unknown.add(new UnknownFields.Field(key, value));
      }
    }
    return new Fields(values, UnknownFields.of(unknown));
  }

  /** The text in an encoded key, or empty if the key is of another type. */
  private static String nameOf(byte[] key) {
    boolean shortText =
        (key[0] & 0xff) >>> 5 == CborReader.TEXT && (key[0] & 0x1f) == key.length - 1;
    return shortText ? new String(key, 1, key.length - 1, StandardCharsets.UTF_8) : "";
  }

  /**
   * The fields of one map.
   *
   * @param values readers over the values of the known keys that were present
   * @param unknown the rest
   */
  public record Fields(Map<String, CborReader> values, UnknownFields unknown) {
    public boolean has(String name) {
      return values.containsKey(name);
    }

    /** A reader over the value of a required field; MALFORMED_DIFF if it is missing. */
    public CborReader get(String name) {
      CborReader value = values.get(name);
      if (value == null) {
        throw new GermlineException(Fault.MALFORMED_DIFF, "the field \"" + name + "\" is missing");
      }
      return value;
    }
  }
}
