package dev.germline.app.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.oas.OpenApi30;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.yaml.snakeyaml.Yaml;

/** The API as its OpenAPI document has it. */
@NullMarked
final class DocumentedApi {
  private static final String ID = "urn:germline:openapi";

  private final JsonNode document;
  private final JsonSchemaFactory schemas;
  private final Map<String, JsonSchema> known = new HashMap<>();

  DocumentedApi(String yaml) {
    this.document = new ObjectMapper().valueToTree(new Yaml().load(yaml));
    JsonMetaSchema dialect = OpenApi30.getInstance();
    this.schemas =
        JsonSchemaFactory.builder()
            .defaultMetaSchemaIri(dialect.getIri())
            .metaSchema(dialect)
            .schemaLoaders(loaders -> loaders.schemas(Map.of(ID, document.toString())))
            .build();
  }

  /**
   * One method of one path.
   *
   * @param pointer where it stands in the document
   */
  record Operation(String method, String path, String pointer, JsonNode json) {
    List<JsonNode> parameters() {
      List<JsonNode> all = new ArrayList<>();
      json.path("parameters").forEach(all::add);
      return all;
    }

    /** The media type of its body; empty where it takes none. */
    String bodyType() {
      var types = json.path("requestBody").path("content").fieldNames();
      return types.hasNext() ? types.next() : "";
    }

    JsonNode bodySchema() {
      return json.path("requestBody").path("content").path(bodyType()).path("schema");
    }

    boolean streams() {
      return json.path("responses").toString().contains("text/event-stream");
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  List<Operation> operations() {
    List<Operation> all = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(method ->
                    all.add(
                        new Operation(
                            method.getKey().toUpperCase(Locale.ROOT),
                            path.getKey(),
                            "#/paths/"
                                + path.getKey().replace("~", "~0").replace("/", "~1")
                                + "/"
                                + method.getKey(),
                            method.getValue()))));
    return all;
  }

  /** A schema, or what it refers to. */
  JsonNode resolve(JsonNode schema) {
    String reference = schema.path("$ref").asText();
    return reference.isEmpty() ? schema : document.at(reference.substring(1));
  }

  /** What of a JSON answer is not as the document says; an answer it does not describe is that. */
  Set<String> differences(Operation operation, int status, JsonNode answer) {
    JsonNode responses = operation.json().path("responses");
    String documented =
        responses.has(Integer.toString(status)) ? "" + status : firstGood(responses);
    if (!responses.path(documented).path("content").has("application/json")) {
      return Set.of("the document has no JSON for status " + status);
    }
    String pointer =
        "%s/responses/%s/content/application~1json/schema"
            .formatted(operation.pointer(), documented);
    JsonSchema schema =
        known.computeIfAbsent(pointer, p -> schemas.getSchema(SchemaLocation.of(ID + escaped(p))));
    Set<String> differences = new TreeSet<>();
    for (ValidationMessage message : schema.validate(answer)) {
      differences.add(message.getMessage());
    }
    return differences;
  }

  /** 201 and 200 are one operation's answers, of one shape; the document has one of them. */
  private static String firstGood(JsonNode responses) {
    var names = responses.fieldNames();
    while (names.hasNext()) {
      String name = names.next();
      if (name.startsWith("2")) {
        return name;
      }
    }
    return "none";
  }

  private static String escaped(String pointer) {
    return pointer.replace("{", "%7B").replace("}", "%7D");
  }
}
