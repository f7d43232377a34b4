package dev.germline.core.assembly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * mergekit's configuration and back: {@code merge_method}, {@code base_model}, {@code models} or
 * {@code slices}, {@code parameters}, {@code dtype}, {@code tokenizer_source}. Where mergekit names
 * a model of a hub, {@code namespace/name@version} of a layer stands. Stateless.
 */
public final class Mergekit {
  private static final Set<String> OURS =
      Set.of("name", "description", "visibility", "allowedUsers", "persona");

  private Mergekit() {}

  /** Whether a document is one. */
  public static boolean recognises(ObjectNode document) {
    return document.has("merge_method");
  }

  /**
   * An assembly draft of it.
   *
   * @param document mergekit's; {@code name}, {@code description}, {@code visibility} and {@code
   *     persona} may stand beside
   * @throws dev.germline.core.GermlineException INVALID_ASSEMBLY
   */
  public static ObjectNode draft(ObjectNode document) {
    ObjectNode draft = JsonNodeFactory.instance.objectNode();
    OURS.stream().sorted().filter(document::has).forEach(m -> draft.set(m, document.get(m)));
    ObjectNode merge = draft.putObject("merge");
    merge.set("method", required(document, "merge_method"));
    Map<String, String> ids = new LinkedHashMap<>();
    ObjectNode partParameters = JsonNodeFactory.instance.objectNode();
    if (document.hasNonNull("base_model")) {
      merge.put("base", id(ids, model(document.get("base_model"))));
    }
    for (JsonNode one : document.path("models")) {
      String id = id(ids, model(one.path("model")));
      if (one.path("parameters").isObject()) {
        partParameters.set(id, one.get("parameters"));
      }
    }
    if (document.path("slices").isArray()) {
      merge.set("slices", slices(document.path("slices"), ids));
    }
    if (ids.isEmpty()) {
      throw Fields.invalid("there are no models in it; give models or slices");
    }
    for (String member : List.of("parameters", "dtype")) {
      if (document.hasNonNull(member)) {
        merge.set(member, document.get(member));
      }
    }
    if (document.hasNonNull("tokenizer_source")) {
      merge.set("tokenizerSource", document.get("tokenizer_source"));
    }
    if (!partParameters.isEmpty()) {
      merge.set("partParameters", partParameters);
    }
    ArrayNode layers = draft.putArray("layers");
    ids.forEach((layer, id) -> {
      ObjectNode part = layers.addObject().put("layer", layer).put("id", id);
      JsonNode weight = partParameters.path(id).path("weight");
      if (weight.isNumber()) {
        part.set("weight", weight);
      }
    });
    return draft;
  }

  private static ArrayNode slices(JsonNode given, Map<String, String> ids) {
    ArrayNode slices = JsonNodeFactory.instance.arrayNode();
    for (JsonNode slice : given) {
      JsonNode copy = slice.deepCopy();
      for (JsonNode source : copy.path("sources")) {
        if (source instanceof ObjectNode one) {
          one.put("model", id(ids, model(one.path("model"))));
        }
      }
      slices.add(copy);
    }
    return slices;
  }

  private static String model(JsonNode value) {
    JsonNode name = value.isObject() ? value.path("model").path("path") : value;
    if (!name.isTextual()) {
      throw Fields.invalid(
          "a model is " + Fields.shown(value) + "; give namespace/name@version of a layer");
    }
    return name.textValue();
  }

  /** The id of a model: its name, with a number where two have the same. */
  private static String id(Map<String, String> ids, String model) {
    String known = ids.get(model);
    if (known != null) {
      return known;
    }
    int at = model.indexOf('@');
    String name = model.substring(model.indexOf('/') + 1, at < 0 ? model.length() : at);
    String id = name;
    for (int i = 2; ids.containsValue(id); i++) {
      id = name + "-" + i;
    }
    ids.put(model, id);
    return id;
  }

  private static JsonNode required(ObjectNode document, String member) {
    JsonNode value = document.get(member);
    if (value == null || !value.isTextual()) {
      throw Fields.invalid(member + " is missing; give one such as linear, slerp or ties");
    }
    return value;
  }

  /**
   * mergekit's configuration of an assembly.
   *
   * @throws dev.germline.core.GermlineException INVALID_ASSEMBLY if it has no merge
   */
  public static ObjectNode export(Assembly assembly) {
    Recipe merge = assembly.merge();
    if (merge == null) {
      throw Fields.invalid(assembly.name() + " says nothing of merging weights");
    }
    Map<String, String> names = new LinkedHashMap<>();
    assembly.parts().forEach(part -> names.put(part.id(), part.layer().layer().toString()));
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("merge_method", merge.method());
    if (merge.base() != null) {
      document.put("base_model", names.get(merge.base()));
    }
    if (merge.slices() == null) {
      ArrayNode models = document.putArray("models");
      for (Part part : assembly.parts()) {
        SortedMap<String, String> own =
            merge.partParameters().getOrDefault(part.id(), Collections.emptySortedMap());
        boolean baseOnly = part.id().equals(merge.base()) && own.isEmpty();
        if (!baseOnly) {
          ObjectNode model = models.addObject().put("model", part.layer().layer().toString());
          parameters(model, own, part.weight());
        }
      }
    } else {
      JsonNode slices = AssemblyJson.json(merge.slices());
      for (JsonNode slice : slices) {
        for (JsonNode source : slice.path("sources")) {
          if (source instanceof ObjectNode one) {
            String id = one.path("model").asText();
            one.put("model", names.getOrDefault(id, id));
          }
        }
      }
      document.set("slices", slices);
    }
    if (!merge.parameters().isEmpty()) {
      ObjectNode all = document.putObject("parameters");
      merge.parameters().forEach((name, value) -> all.set(name, AssemblyJson.json(value)));
    }
    if (merge.dtype() != null) {
      document.put("dtype", merge.dtype());
    }
    if (merge.tokenizerSource() != null) {
      document.put("tokenizer_source", merge.tokenizerSource());
    }
    return document;
  }

  private static void parameters(ObjectNode model, SortedMap<String, String> own, double weight) {
    if (own.isEmpty() && weight == 1) {
      return;
    }
    ObjectNode parameters = model.putObject("parameters");
    own.forEach((name, value) -> parameters.set(name, AssemblyJson.json(value)));
    if (!own.containsKey("weight") && weight != 1) {
      parameters.put("weight", weight);
    }
  }
}
