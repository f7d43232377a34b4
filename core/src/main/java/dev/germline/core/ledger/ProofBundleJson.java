package dev.germline.core.ledger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.merkle.InclusionProof;
import dev.germline.core.merkle.Roots;
import dev.germline.core.merkle.SparseProof;
import dev.germline.core.merkle.TreeRoot;
import dev.germline.core.substrate.DeviceId;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityCodec;
import dev.germline.core.substrate.EntityKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.erdtman.jcs.JsonCanonicalizer;
import org.jspecify.annotations.Nullable;

/**
 * A proof bundle as RFC 8785 JSON (docs/cp-001-profile.md): hashes as hex, bytes as base64, ids as
 * UUIDs. There is one way to write a bundle, and reading refuses every other, so a changed bit
 * anywhere in the file is noticed.
 */
final class ProofBundleJson {
  /** What the field {@code format} says. */
  static final String FORMAT = "germline/proof-bundle/1";

  /** The largest file read, in bytes. */
  static final int MAX_BYTES = 64 << 20;

  private static final long MAX_NUMBER = (1L << 53) - 1;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(16)
                          .maxStringLength(MAX_BYTES)
                          .build())
                  .build())
          .build();

  private ProofBundleJson() {}

  static byte[] write(ProofBundle bundle) {
    ObjectNode json = NODES.objectNode();
    json.put("format", FORMAT);
    json.set("record", record(bundle.record()));
    ArrayNode entries = json.putArray("entries");
    bundle.entries().forEach(entry -> entries.add(entry(entry)));
    try {
      return new JsonCanonicalizer(JSON.writeValueAsBytes(json)).getEncodedUTF8();
    } catch (IOException impossible) {
      throw new GermlineException(Fault.INTERNAL, "JSON could not be written", impossible);
    }
  }

  private static ObjectNode record(SignedStateRoot record) {
    StateRoot root = record.root();
    ObjectNode json = NODES.objectNode();
    json.put("hash", root.hash().toHex());
    json.put("parent", hex(root.parent()));
    json.put("prevRecord", hex(root.prevRecord()));
    json.put("timestamp", root.timestampMillis());
    json.put("device", root.device().toString());
    json.put("sequence", root.sequence());
    ObjectNode trees = json.putObject("trees");
    for (EntityKind kind : EntityKind.values()) {
      TreeRoot tree = root.roots().of(kind);
      trees.putObject(name(kind)).put("root", tree.hash().toHex()).put("count", tree.count());
    }
    json.put("rootV2", root.roots().v2().toHex());
    json.put("signatureV1", base64(record.v1().bytes()));
    json.put("signatureV2", base64(record.v2().bytes()));
    return json;
  }

  private static ObjectNode entry(ProofBundle.Entry entry) {
    ObjectNode json = NODES.objectNode();
    json.put("kind", name(entry.entity().entityKind()));
    json.put("entity", base64(EntityCodec.encode(entry.entity())));
    ObjectNode inclusion = json.putObject("inclusion");
    inclusion.put("index", entry.inclusion().index());
    inclusion.put("count", entry.inclusion().count());
    ArrayNode path = inclusion.putArray("path");
    entry.inclusion().path().forEach(hash -> path.add(hash.toHex()));
    ArrayNode steps = json.putArray("sparse");
    for (SparseProof.Step step : entry.sparse().steps()) {
      steps.addObject().put("depth", step.depth()).put("sibling", step.sibling().toHex());
    }
    entry.content().ifPresent(content -> json.put("content", base64(content)));
    return json;
  }

  /**
   * Reads a bundle.
   *
   * @throws GermlineException MALFORMED_JSON, LIMIT_EXCEEDED, PROOF_INVALID for a shape no proof
   *     has, or what {@link EntityCodec#decode} throws
   */
  static ProofBundle read(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      throw new GermlineException(
          Fault.LIMIT_EXCEEDED, "a proof bundle has at most " + MAX_BYTES + " bytes");
    }
    JsonNode json = parse(bytes);
    if (!FORMAT.equals(text(json, "format"))) {
      throw malformed("this is not a \"" + FORMAT + "\"");
    }
    List<ProofBundle.Entry> entries = new ArrayList<>();
    for (JsonNode entry : array(json, "entries")) {
      entries.add(readEntry(entry));
    }
    ProofBundle bundle = new ProofBundle(readRecord(object(json, "record")), entries);
    if (!Arrays.equals(write(bundle), bytes)) {
      throw malformed("the bundle is not in canonical form, or has fields that do not belong");
    }
    return bundle;
  }

  private static JsonNode parse(byte[] bytes) {
    try {
      JsonNode json = JSON.readTree(bytes);
      if (json.isObject()) {
        return json;
      }
      throw malformed("a proof bundle is a JSON object");
    } catch (JsonProcessingException notJson) {
      throw malformed("not JSON: " + notJson.getOriginalMessage());
    } catch (IOException impossible) {
      throw new GermlineException(Fault.INTERNAL, "bytes in memory not readable", impossible);
    }
  }

  private static SignedStateRoot readRecord(JsonNode json) {
    JsonNode trees = object(json, "trees");
    Roots roots =
        new Roots(
            tree(trees, EntityKind.DOCUMENT),
            tree(trees, EntityKind.CHUNK),
            tree(trees, EntityKind.EMBEDDING),
            tree(trees, EntityKind.EDGE),
            digest(json, "rootV2"));
    StateRoot root =
        new StateRoot(
            roots,
            optionalDigest(json, "parent"),
            optionalDigest(json, "prevRecord"),
            number(json, "timestamp"),
            DeviceId.parse(text(json, "device")),
            number(json, "sequence"));
    return new SignedStateRoot(
        root, Signature.of(bytes(json, "signatureV1")), Signature.of(bytes(json, "signatureV2")));
  }

  private static TreeRoot tree(JsonNode trees, EntityKind kind) {
    JsonNode tree = object(trees, name(kind));
    return new TreeRoot(digest(tree, "root"), number(tree, "count"));
  }

  private static ProofBundle.Entry readEntry(JsonNode json) {
    EntityKind kind = kind(text(json, "kind"));
    JsonNode inclusion = object(json, "inclusion");
    List<Digest> path = new ArrayList<>();
    for (JsonNode hash : array(inclusion, "path")) {
      path.add(Digest.parse(hash.asText()));
    }
    List<SparseProof.Step> steps = new ArrayList<>();
    for (JsonNode step : array(json, "sparse")) {
      steps.add(
          new SparseProof.Step(
              Math.clamp(number(step, "depth"), -1, 256), digest(step, "sibling")));
    }
    return new ProofBundle.Entry(
        EntityCodec.decode(kind, bytes(json, "entity")),
        new InclusionProof(kind, number(inclusion, "index"), number(inclusion, "count"), path),
        new SparseProof(steps, null),
        json.has("content") ? bytes(json, "content") : null);
  }

  private static String name(EntityKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static EntityKind kind(String name) {
    for (EntityKind kind : EntityKind.values()) {
      if (name(kind).equals(name)) {
        return kind;
      }
    }
    throw malformed("there is no kind \"" + name + "\"");
  }

  private static @Nullable String hex(@Nullable Digest digest) {
    return digest == null ? null : digest.toHex();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static JsonNode object(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isObject()) {
      throw malformed("\"" + field + "\" must be an object");
    }
    return value;
  }

  private static JsonNode array(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isArray()) {
      throw malformed("\"" + field + "\" must be an array");
    }
    return value;
  }

  private static String text(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isTextual()) {
      throw malformed("\"" + field + "\" must be a string");
    }
    return value.textValue();
  }

  private static long number(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() > MAX_NUMBER
        || value.longValue() < -MAX_NUMBER) {
      throw malformed("\"" + field + "\" must be an integer below 2^53");
    }
    return value.longValue();
  }

  private static Digest digest(JsonNode json, String field) {
    return Digest.parse(text(json, field));
  }

  private static @Nullable Digest optionalDigest(JsonNode json, String field) {
    return json.path(field).isNull() ? null : digest(json, field);
  }

  private static byte[] bytes(JsonNode json, String field) {
    try {
      return Base64.getDecoder().decode(text(json, field));
    } catch (IllegalArgumentException notBase64) {
      throw malformed("\"" + field + "\" must be base64");
    }
  }

  private static GermlineException malformed(String what) {
    return new GermlineException(Fault.MALFORMED_JSON, what);
  }
}
