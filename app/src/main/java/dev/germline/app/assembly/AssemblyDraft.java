package dev.germline.app.assembly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.app.identity.Caller;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.assembly.Assembly;
import dev.germline.core.assembly.AssemblyJson;
import dev.germline.core.compatibility.Combination.Member;
import dev.germline.core.compatibility.resolve.Requirement;
import dev.germline.core.layers.LayerFamily;
import dev.germline.core.layers.LayerJson;
import dev.germline.core.layers.LayerName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An assembly as a client sends it: layers may be named without a version or by a range, and
 * without a digest. Both are completed by what the gate resolved.
 */
final class AssemblyDraft {
  private final ObjectNode tree;
  private final LayerName name;
  private final List<Requirement> asked = new ArrayList<>();

  private AssemblyDraft(ObjectNode tree, LayerName name) {
    this.tree = tree;
    this.name = name;
  }

  /**
   * Reads the name and what is asked for.
   *
   * @throws GermlineException MALFORMED_JSON, INVALID_ASSEMBLY, INVALID_NAME, LIMIT_EXCEEDED
   */
  static AssemblyDraft parse(byte[] json) {
    ObjectNode tree = LayerJson.object(json);
    for (String ours : List.of("needs", "examination")) {
      if (tree.has(ours)) {
        throw invalid("$." + ours + " is what the registry finds; leave it out");
      }
    }
    AssemblyDraft draft = new AssemblyDraft(tree, LayerName.parse(tree.path("name").asText()));
    JsonNode layers = tree.path("layers");
    if (layers.size() > Assembly.MOST_PARTS) {
      throw new GermlineException(
          Fault.LIMIT_EXCEEDED,
          "$.layers has %d entries; at most %d are taken"
              .formatted(layers.size(), Assembly.MOST_PARTS));
    }
    for (JsonNode layer : layers) {
      if (!layer.path("layer").isTextual()) {
        throw invalid("$.layers: every entry needs a layer such as acme/chat@^1.2");
      }
      draft.asked.add(Requirement.parse(layer.get("layer").textValue()));
    }
    if (draft.asked.isEmpty()) {
      throw invalid("$.layers is empty; name at least one");
    }
    return draft;
  }

  LayerName name() {
    return name;
  }

  List<Requirement> asked() {
    return asked;
  }

  boolean merges() {
    return tree.hasNonNull("merge");
  }

  /**
   * The assembly of what was resolved.
   *
   * @throws GermlineException INVALID_ASSEMBLY; HASH_MISMATCH for a digest that is another's
   */
  Assembly assembly(Caller caller, Instant now, List<Member> members) {
    ObjectNode complete = tree.deepCopy();
    if (!complete.hasNonNull("creator")) {
      complete.put("creator", caller.name());
    }
    if (!complete.hasNonNull("createdAt")) {
      complete.put("createdAt", now.toString());
    }
    int next = 0;
    for (JsonNode layer : complete.path("layers")) {
      LayerFamily family = asked.get(next++).layer();
      Member member =
          members.stream()
              .filter(one -> one.name().family().equals(family))
              .findFirst()
              .orElseThrow(() ->
                  new GermlineException(Fault.LAYER_NOT_FOUND, "there is no layer " + family));
      String digest = member.digest().toHex();
      if (layer.hasNonNull("digest") && !layer.get("digest").asText().equals(digest)) {
        throw new GermlineException(
            Fault.HASH_MISMATCH,
            "%s has the digest %s, and not %s"
                .formatted(member.name(), digest, layer.get("digest").asText()));
      }
      if (layer instanceof ObjectNode node) {
        node.put("layer", member.name().toString()).put("digest", digest);
      }
    }
    return AssemblyJson.parse(complete);
  }

  private static GermlineException invalid(String detail) {
    return new GermlineException(Fault.INVALID_ASSEMBLY, detail);
  }
}
