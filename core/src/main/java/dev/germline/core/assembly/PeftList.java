package dev.germline.core.assembly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/**
 * The arguments of PEFT's {@code add_weighted_adapter} and back: {@code adapters}, {@code weights},
 * {@code combination_type}, {@code density}, {@code majority_sign_method}, and {@code base_model}
 * beside them. Adapters are layers, {@code namespace/name@version}. Stateless.
 */
public final class PeftList {
  private static final Set<String> OURS =
      Set.of("name", "description", "visibility", "allowedUsers", "persona");
  private static final List<String> PARAMETERS =
      List.of("density", "majority_sign_method", "svd_rank", "svd_clamp", "adapter_name");

  private PeftList() {}

  /** Whether a document is one. */
  public static boolean recognises(ObjectNode document) {
    return document.has("adapters");
  }

  /**
   * An assembly draft of it; the base is its first layer.
   *
   * @throws dev.germline.core.GermlineException INVALID_ASSEMBLY
   */
  public static ObjectNode draft(ObjectNode document) {
    ObjectNode draft = JsonNodeFactory.instance.objectNode();
    OURS.stream().sorted().filter(document::has).forEach(m -> draft.set(m, document.get(m)));
    JsonNode adapters = document.path("adapters");
    JsonNode weights = document.path("weights");
    if (!adapters.isArray() || adapters.isEmpty()) {
      throw Fields.invalid("adapters is empty; give a list of namespace/name@version");
    }
    if (!weights.isMissingNode() && weights.size() != adapters.size()) {
      throw Fields.invalid(
          "there are "
              + adapters.size()
              + " adapters and "
              + weights.size()
              + " weights; give one for each");
    }
    ArrayNode layers = draft.putArray("layers");
    ObjectNode merge = draft.putObject("merge");
    merge.put("method", document.path("combination_type").asText("linear"));
    if (document.hasNonNull("base_model")) {
      layers.addObject().put("layer", document.get("base_model").asText()).put("id", "base");
      merge.put("base", "base");
    }
    for (int i = 0; i < adapters.size(); i++) {
      ObjectNode part = layers.addObject();
      part.put("layer", adapters.get(i).asText()).put("id", "adapter-" + (i + 1));
      if (weights.path(i).isNumber()) {
        part.set("weight", weights.get(i));
      }
    }
    ObjectNode parameters = JsonNodeFactory.instance.objectNode();
    for (String name : PARAMETERS) {
      if (document.hasNonNull(name)) {
        parameters.set(name, document.get(name));
      }
    }
    if (!parameters.isEmpty()) {
      merge.set("parameters", parameters);
    }
    return draft;
  }

  /**
   * The arguments for an assembly's adapters.
   *
   * @throws dev.germline.core.GermlineException INVALID_ASSEMBLY if it has no merge
   */
  public static ObjectNode export(Assembly assembly) {
    Recipe merge = assembly.merge();
    if (merge == null) {
      throw Fields.invalid(assembly.name() + " says nothing of merging weights");
    }
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    ArrayNode adapters = document.putArray("adapters");
    ArrayNode weights = document.putArray("weights");
    for (Part part : assembly.parts()) {
      if (part.id().equals(merge.base())) {
        document.put("base_model", part.layer().layer().toString());
      } else {
        adapters.add(part.layer().layer().toString());
        weights.add(part.weight());
      }
    }
    document.put("combination_type", merge.method());
    merge
        .parameters()
        .forEach((name, value) -> {
          if (PARAMETERS.contains(name)) {
            document.set(name, AssemblyJson.json(value));
          }
        });
    return document;
  }
}
