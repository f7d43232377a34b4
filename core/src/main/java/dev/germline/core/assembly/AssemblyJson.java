package dev.germline.core.assembly;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.compatibility.Severity;
import dev.germline.core.layers.LayerJson;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerRef;
import dev.germline.core.layers.Sharing.Visibility;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.Digest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.erdtman.jcs.JsonCanonicalizer;
import org.jspecify.annotations.Nullable;

/**
 * Assemblies as JSON: {@code "schema":"germline.assembly/1"}. Canonical bytes are RFC 8785; members
 * that are absent and lists that are empty are left out. Stateless.
 */
public final class AssemblyJson {
  /** The value of {@code schema}. */
  public static final String SCHEMA = "germline.assembly/1";

  static final ObjectMapper JSON = new ObjectMapper();
  private static final int PROSE = 16_384;
  private static final int WORD = 512;
  private static final int MOST_PARAMETER = 65_536;

  private AssemblyJson() {}

  /** Reads a record, or a draft whose layers are all pinned. */
  public static Assembly parse(ObjectNode tree) {
    Fields fields = new Fields(tree, "$");
    fields
        .optionalText("schema", WORD)
        .filter(schema -> !schema.equals(SCHEMA))
        .ifPresent(schema -> {
          throw Fields.invalid("$.schema is " + schema + "; give " + SCHEMA);
        });
    List<Part> parts = parts(fields);
    Recipe merge = fields.object("merge").map(AssemblyJson::recipe).orElse(null);
    List<Connection> given = connections(fields);
    Assembly assembly =
        new Assembly(
            LayerName.parse(fields.text("name", WORD)),
            fields.optionalText("description", PROSE).orElse(null),
            fields.text("creator", WORD),
            instant(fields.text("createdAt", WORD)),
            visibility(fields.optionalText("visibility", WORD).orElse("private")),
            fields.texts("allowedUsers", 1024, WORD),
            parts,
            given.isEmpty() ? connected(parts, merge) : given,
            merge,
            fields.object("persona").map(AssemblyJson::persona).orElse(null),
            fields.objects("needs", 100_000).stream().map(AssemblyJson::ref).toList(),
            fields.object("examination").map(AssemblyJson::examination).orElse(null));
    fields.end();
    if ((assembly.visibility() == Visibility.WHITELIST) == assembly.allowedUsers().isEmpty()) {
      throw Fields.invalid("$.allowedUsers goes with visibility whitelist, and only with it");
    }
    return assembly;
  }

  /** Reads a stored record. */
  public static Assembly parse(byte[] record) {
    return parse(LayerJson.object(record));
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException notATime) {
      throw new GermlineException(
          Fault.INVALID_ASSEMBLY,
          "$.createdAt is " + text + "; give a time in UTC such as 2026-03-03T12:00:00Z",
          notATime);
    }
  }

  private static Visibility visibility(String text) {
    return Arrays.stream(Visibility.values())
        .filter(v -> v.toString().equals(text))
        .findFirst()
        .orElseThrow(() ->
            Fields.invalid(
                "$.visibility is " + text + "; give public, private, organization or whitelist"));
  }

  private static List<Part> parts(Fields fields) {
    List<Part> parts = new ArrayList<>();
    for (Fields part : fields.objects("layers", Assembly.MOST_PARTS)) {
      LayerRef layer = ref(part);
      parts.add(
          new Part(
              part.optionalText("id", 64).orElse(layer.layer().name()),
              layer,
              part.number("weight", 1, -100, 100)));
      part.end();
    }
    return parts;
  }

  private static LayerRef ref(Fields fields) {
    return new LayerRef(
        LayerName.parse(fields.text("layer", WORD)), Digest.parse(fields.text("digest", WORD)));
  }

  /** Where none are given: a chain, or, where weights are merged, all beside the first. */
  private static List<Connection> connected(List<Part> parts, @Nullable Recipe merge) {
    List<Connection> connections = new ArrayList<>();
    for (int i = 1; i < parts.size(); i++) {
      connections.add(
          merge == null
              ? new Connection(
                  parts.get(i - 1).id(), parts.get(i).id(), Connection.Type.SEQUENTIAL, 1)
              : new Connection(
                  parts.getFirst().id(), parts.get(i).id(), Connection.Type.PARALLEL, 1));
    }
    return connections;
  }

  private static List<Connection> connections(Fields fields) {
    List<Connection> connections = new ArrayList<>();
    for (Fields one : fields.objects("connections", Assembly.MOST_CONNECTIONS)) {
      String type = one.optionalText("type", 64).orElse("sequential");
      connections.add(
          new Connection(
              one.text("from", 64),
              one.text("to", 64),
              Arrays.stream(Connection.Type.values())
                  .filter(t -> t.toString().equals(type))
                  .findFirst()
                  .orElseThrow(() ->
                      Fields.invalid(
                          one.at("type")
                              + " is "
                              + type
                              + "; give sequential, parallel, skip or merge")),
              one.number("strength", 1, 0, 1)));
      one.end();
    }
    return connections;
  }

  private static Recipe recipe(Fields fields) {
    SortedMap<String, SortedMap<String, String>> parts = new TreeMap<>();
    fields
        .object("partParameters")
        .ifPresent(all ->
            all.names()
                .forEach(id ->
                    parts.put(
                        id, all.object(id).map(AssemblyJson::parameters).orElseGet(TreeMap::new))));
    Recipe recipe =
        new Recipe(
            fields.text("method", 64),
            fields.optionalText("base", 64).orElse(null),
            fields.object("parameters").map(AssemblyJson::parameters).orElseGet(TreeMap::new),
            parts,
            fields.any("slices").map(AssemblyJson::bounded).orElse(null),
            fields.optionalText("dtype", 64).orElse(null),
            fields.optionalText("tokenizerSource", WORD).orElse(null));
    fields.end();
    return recipe;
  }

  private static SortedMap<String, String> parameters(Fields fields) {
    SortedMap<String, String> parameters = new TreeMap<>();
    for (String name : fields.names()) {
      fields.any(name).ifPresent(value -> parameters.put(name, bounded(value)));
    }
    return parameters;
  }

  private static String bounded(JsonNode value) {
    String json = value.toString();
    if (json.length() > MOST_PARAMETER) {
      throw Fields.invalid("a merge parameter is " + json.length() + " characters long");
    }
    return json;
  }

  private static Persona persona(Fields fields) {
    Persona persona =
        new Persona(
            fields.optionalText("identity", PROSE).orElse(null),
            fields.optionalText("communicationStyle", PROSE).orElse(null),
            fields.texts("evolutionGoals", 256, 4096));
    fields.end();
    return persona;
  }

  private static Examination examination(Fields fields) {
    List<Examination.Finding> findings = new ArrayList<>();
    for (Fields one : fields.objects("findings", 10_000)) {
      findings.add(
          new Examination.Finding(
              one.text("code", 64),
              severity(one.text("severity", 64)),
              one.texts("layers", 10_000, WORD).stream().map(LayerName::parse).toList()));
    }
    List<Prediction> predictions = new ArrayList<>();
    for (Fields one : fields.objects("predictions", 10_000)) {
      predictions.add(
          new Prediction(
              one.text("task", WORD),
              one.text("metric", WORD),
              one.number("mean", 0, -Double.MAX_VALUE, Double.MAX_VALUE),
              one.number("low", 0, -Double.MAX_VALUE, Double.MAX_VALUE),
              one.number("high", 0, -Double.MAX_VALUE, Double.MAX_VALUE),
              (int) one.count("measured")));
    }
    return new Examination(
        severity(fields.text("outcome", 64)),
        findings,
        predictions,
        fields.count("memoryMb"),
        fields.count("storageBytes"),
        fields.any("complete").map(JsonNode::asBoolean).orElse(false));
  }

  private static Severity severity(String text) {
    return Severity.valueOf(text.toUpperCase(Locale.ROOT));
  }

  /** The record's canonical bytes (RFC 8785, UTF-8). */
  public static byte[] canonical(Assembly assembly) {
    return canonical(tree(assembly));
  }

  /** What the author decided, without what was found when it was published, and when. */
  public static Digest intention(Assembly assembly) {
    ObjectNode tree = tree(assembly);
    tree.remove(List.of("examination", "needs", "createdAt"));
    return Blake3.hash(canonical(tree));
  }

  static byte[] canonical(JsonNode tree) {
    try {
      return new JsonCanonicalizer(JSON.writeValueAsString(tree)).getEncodedUTF8();
    } catch (IOException impossible) {
      throw new IllegalStateException("a record of ours is not JSON", impossible);
    }
  }

  private static ObjectNode tree(Assembly assembly) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("schema", SCHEMA);
    tree.put("name", assembly.name().toString());
    put(tree, "description", assembly.description());
    tree.put("creator", assembly.creator());
    tree.put("createdAt", assembly.createdAt().toString());
    tree.put("visibility", assembly.visibility().toString());
    texts(tree, "allowedUsers", assembly.allowedUsers());
    ArrayNode layers = tree.putArray("layers");
    for (Part part : assembly.parts()) {
      refTree(layers.addObject(), part.layer()).put("id", part.id()).put("weight", part.weight());
    }
    if (!assembly.connections().isEmpty()) {
      ArrayNode connections = tree.putArray("connections");
      for (Connection c : assembly.connections()) {
        connections
            .addObject()
            .put("from", c.from())
            .put("to", c.to())
            .put("type", c.type().toString())
            .put("strength", c.strength());
      }
    }
    Optional.ofNullable(assembly.merge()).ifPresent(m -> tree.set("merge", recipeTree(m)));
    Optional.ofNullable(assembly.persona())
        .ifPresent(persona -> {
          ObjectNode node = tree.putObject("persona");
          put(node, "identity", persona.identity());
          put(node, "communicationStyle", persona.communicationStyle());
          texts(node, "evolutionGoals", persona.evolutionGoals());
        });
    if (!assembly.needs().isEmpty()) {
      ArrayNode needs = tree.putArray("needs");
      assembly.needs().forEach(ref -> refTree(needs.addObject(), ref));
    }
    Optional.ofNullable(assembly.examination())
        .ifPresent(found -> tree.set("examination", examinationTree(found)));
    return tree;
  }

  static ObjectNode refTree(ObjectNode node, LayerRef ref) {
    return node.put("layer", ref.layer().toString()).put("digest", ref.digest().toHex());
  }

  /** A recipe as the record has it. */
  public static ObjectNode recipeTree(Recipe recipe) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("method", recipe.method());
    put(tree, "base", recipe.base());
    put(tree, "dtype", recipe.dtype());
    put(tree, "tokenizerSource", recipe.tokenizerSource());
    if (recipe.slices() != null) {
      tree.set("slices", json(recipe.slices()));
    }
    if (!recipe.parameters().isEmpty()) {
      ObjectNode parameters = tree.putObject("parameters");
      recipe.parameters().forEach((name, value) -> parameters.set(name, json(value)));
    }
    if (!recipe.partParameters().isEmpty()) {
      ObjectNode parts = tree.putObject("partParameters");
      recipe
          .partParameters()
          .forEach((id, values) -> {
            ObjectNode part = parts.putObject(id);
            values.forEach((name, value) -> part.set(name, json(value)));
          });
    }
    return tree;
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a parameter was JSON when it was read", impossible);
    }
  }

  private static ObjectNode examinationTree(Examination found) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("outcome", found.outcome().toString());
    tree.put("memoryMb", found.memoryMb());
    tree.put("storageBytes", found.storageBytes());
    tree.put("complete", found.complete());
    ArrayNode findings = tree.putArray("findings");
    for (Examination.Finding finding : found.findings()) {
      ObjectNode node = findings.addObject();
      node.put("code", finding.code()).put("severity", finding.severity().toString());
      texts(node, "layers", finding.layers().stream().map(LayerName::toString).toList());
    }
    ArrayNode predictions = tree.putArray("predictions");
    for (Prediction p : found.predictions()) {
      predictions
          .addObject()
          .put("task", p.task())
          .put("metric", p.metric())
          .put("mean", p.mean())
          .put("low", p.low())
          .put("high", p.high())
          .put("measured", p.measured());
    }
    return tree;
  }

  private static void put(ObjectNode tree, String member, @Nullable String value) {
    if (value != null) {
      tree.put(member, value);
    }
  }

  private static void texts(ObjectNode tree, String member, List<String> values) {
    if (!values.isEmpty()) {
      values.forEach(tree.putArray(member)::add);
    }
  }
}
