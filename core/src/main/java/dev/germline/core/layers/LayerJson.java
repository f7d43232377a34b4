package dev.germline.core.layers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.Digest;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Layers as JSON: one flat object with {@code "schema":"germline.layer/1"}, {@code "type"}, the
 * members of {@link Manifest} and those of the type. Canonical bytes are RFC 8785; members that are
 * absent and lists that are empty are left out. Stateless.
 *
 * <p>Input is read strictly (unknown members, wrong types and duplicate keys are refused). Stored
 * records are read leniently: members that a later version added are passed over, and whoever must
 * keep them keeps the stored bytes, which stay the record.
 */
public final class LayerJson {
  /** The value of {@code schema}. */
  public static final String SCHEMA = "germline.layer/1";

  private static final Set<String> MANIFEST_MEMBERS =
      Arrays.stream(Manifest.class.getRecordComponents())
          .map(RecordComponent::getName)
          .collect(Collectors.toUnmodifiableSet());

  private LayerJson() {}

  /**
   * Reads a complete layer as a client sends it.
   *
   * @throws GermlineException MALFORMED_JSON, LIMIT_EXCEEDED, INVALID_NAME, INVALID_ID,
   *     FILE_INVALID, LINEAGE_CYCLE or INVALID_LAYER, each naming the JSON path and the offending
   *     value
   */
  public static Layer parse(byte[] json) {
    return layer(Json.object(json), true);
  }

  /**
   * Reads a layer as a client sends it, filling in what the server knows: {@code
   * provenance.creator} and {@code provenance.createdAt} where absent, and {@code sharing} where
   * absent as private.
   *
   * @throws GermlineException as {@link #parse}
   */
  public static Layer parseDraft(byte[] json, String creator, Instant now) {
    return parseDraft(Json.object(json), creator, now);
  }

  /**
   * The same from a tree of {@link #object}, for whoever completes what the client left out. The
   * tree is used up.
   */
  public static Layer parseDraft(ObjectNode tree, String creator, Instant now) {
    if (tree.get("provenance") instanceof ObjectNode provenance) {
      putIfAbsent(provenance, "creator", creator);
      putIfAbsent(provenance, "createdAt", now.toString());
    }
    if (!tree.hasNonNull("sharing")) {
      tree.set("sharing", Json.tree(Sharing.ofPrivate()));
    }
    return layer(tree, true);
  }

  /**
   * Reads one JSON object within the bounds of this package, without looking at its members.
   *
   * @throws GermlineException MALFORMED_JSON, or LIMIT_EXCEEDED for size, depth and long numbers
   */
  public static ObjectNode object(byte[] json) {
    return Json.object(json);
  }

  /**
   * Reads a stored record, passing over members that this version does not know.
   *
   * @throws GermlineException as {@link #parse}
   */
  public static Layer parseStored(byte[] record) {
    return layer(Json.object(record), false);
  }

  /** The record's canonical bytes (RFC 8785, UTF-8). */
  public static byte[] canonical(Layer layer) {
    ObjectNode tree = Json.tree(layer);
    JsonNode manifest = tree.remove(Bindings.MANIFEST);
    tree.setAll((ObjectNode) manifest);
    tree.put("schema", SCHEMA);
    tree.put("type", layer.type().toString());
    return Json.canonical(tree);
  }

  /** The layer's identity: BLAKE3 of its canonical bytes. */
  public static Digest digest(Layer layer) {
    return Blake3.hash(canonical(layer));
  }

  private static Layer layer(ObjectNode tree, boolean strict) {
    schema(tree, SCHEMA, false, Fault.INVALID_LAYER);
    LayerType type = LayerType.parse(text(tree, "type"));
    var manifest = tree.objectNode();
    for (String member : MANIFEST_MEMBERS) {
      JsonNode value = tree.remove(member);
      if (value != null) {
        manifest.set(member, value);
      }
    }
    if (tree.has(Bindings.MANIFEST)) {
      throw Check.invalid("$.manifest: there is no such member; give its members one level up");
    }
    tree.set(Bindings.MANIFEST, manifest);
    return Json.bind(tree, recordOf(type), strict);
  }

  private static Class<? extends Layer> recordOf(LayerType type) {
    return switch (type) {
      case FOUNDATION -> FoundationLayer.class;
      case LORA -> LoraLayer.class;
      case MEMORY -> MemoryModule.class;
      case SPECIALIZATION -> SpecializationModule.class;
      case COMMUNICATION -> CommunicationAdapter.class;
    };
  }

  private static void putIfAbsent(ObjectNode node, String member, String value) {
    if (!node.hasNonNull(member)) {
      node.put(member, value);
    }
  }

  /**
   * Takes {@code schema} out of the tree; where it is given it must be the one that is read here.
   */
  static void schema(ObjectNode tree, String schema, boolean required, Fault fault) {
    JsonNode given = tree.remove("schema");
    if (given == null ? required : !given.isTextual() || !given.textValue().equals(schema)) {
      throw new GermlineException(
          fault,
          "$.schema: the value is "
              + (given == null ? "missing" : Check.show(given.toString()))
              + "; give \""
              + schema
              + "\"");
    }
  }

  private static String text(ObjectNode tree, String member) {
    JsonNode value = tree.remove(member);
    if (value == null || !value.isTextual()) {
      throw Check.invalid(
          "$."
              + member
              + ": the value is "
              + (value == null ? "missing" : Check.show(value.toString()))
              + "; give one of: "
              + Arrays.stream(LayerType.values())
                  .map(LayerType::toString)
                  .collect(Collectors.joining(", ")));
    }
    return value.textValue();
  }
}
