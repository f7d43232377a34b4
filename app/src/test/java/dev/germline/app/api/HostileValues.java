package dev.germline.app.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.NullMarked;

/** Values for requests: some right, some nearly so, some as bad as can be sent. Repeatable. */
@NullMarked
final class HostileValues {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int DEEP = 2_000;
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "0",
          "-1",
          "9223372036854775808",
          "NaN",
          "null",
          "true",
          "../../etc/passwd",
          "a/../b",
          "%00",
          "\u0000",
          "\uFEFF\u202E",
          "\uD83D\uDE00",
          "' OR 1=1 --",
          "{}",
          "`MATCH (n) DETACH DELETE n`",
          "00000000-0000-0000-0000-000000000000",
          "f".repeat(64),
          "F".repeat(64),
          "x".repeat(3_000));

  private final DocumentedApi api;
  private final Map<String, List<String>> good;
  private final Random random;

  /**
   * @param good values that mean something, by the name of the parameter
   */
  HostileValues(DocumentedApi api, Map<String, List<String>> good, long seed) {
    this.api = api;
    this.good = good;
    this.random = new Random(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  String parameter(JsonNode parameter) {
    List<String> known = good.getOrDefault(parameter.path("name").asText(), List.of());
    if (!known.isEmpty() && random.nextInt(10) < 7) {
      return known.get(random.nextInt(known.size()));
    }
    JsonNode schema = api.resolve(parameter.path("schema"));
    if (random.nextInt(3) > 0) {
      return switch (schema.path("type").asText()) {
        case "integer" -> Integer.toString(random.nextInt(-3, 2_000));
        case "number" -> Double.toString(random.nextGaussian());
        case "boolean" -> Boolean.toString(random.nextBoolean());
        default -> enumerated(schema);
      };
    }
    return text();
  }

  /**
   * A body by its schema, or what somebody sent before, with something amiss; or no JSON at all.
   */
  byte[] body(JsonNode schema, List<JsonNode> examples) {
    if (random.nextInt(12) == 0) {
      return rubbish();
    }
    JsonNode value =
        examples.isEmpty() ? value(schema, 0) : examples.get(random.nextInt(examples.size()));
    JsonNode sent = value.deepCopy();
    for (int changes = random.nextInt(3); changes > 0; changes--) {
      change(sent);
    }
    return sent.toString().getBytes(StandardCharsets.UTF_8);
  }

  private byte[] rubbish() {
    return switch (random.nextInt(4)) {
      case 0 -> new byte[0];
      case 1 -> ("[".repeat(DEEP) + "]".repeat(DEEP)).getBytes(StandardCharsets.UTF_8);
      case 2 -> "{\"a\":".repeat(DEEP).getBytes(StandardCharsets.UTF_8);
      default -> {
        byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        yield bytes;
      }
    };
  }

  /** Takes away, replaces or adds a member somewhere. */
  private void change(JsonNode tree) {
    List<JsonNode> containers = new ArrayList<>();
    collect(tree, containers);
    if (containers.isEmpty()) {
      return;
    }
    JsonNode chosen = containers.get(random.nextInt(containers.size()));
    if (chosen instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      String name = names.isEmpty() ? "x" : names.get(random.nextInt(names.size()));
      switch (random.nextInt(4)) {
        case 0 -> object.remove(name);
        case 1 -> object.set(text(), odd());
        default -> object.set(name, odd());
      }
    } else if (chosen instanceof ArrayNode array) {
      array.add(odd());
    }
  }

  private static void collect(JsonNode tree, List<JsonNode> containers) {
    if (tree.isContainerNode()) {
      containers.add(tree);
      tree.forEach(child -> collect(child, containers));
    }
  }

  private JsonNode odd() {
    return switch (random.nextInt(10)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(true);
      case 2 -> NODES.numberNode(-1);
      case 3 -> NODES.numberNode(new BigDecimal("1e400"));
      case 4 -> NODES.numberNode(BigInteger.TWO.pow(70));
      case 5 -> NODES.numberNode(0.5);
      case 6 -> NODES.arrayNode().add(NODES.objectNode());
      case 7 -> NODES.objectNode().put("x", text());
      default -> NODES.textNode(text());
    };
  }

  private JsonNode value(JsonNode reference, int depth) {
    JsonNode schema = api.resolve(reference);
    if (depth > 6) {
      return NODES.nullNode();
    }
    if (schema.has("allOf")) {
      ObjectNode merged = NODES.objectNode();
      for (JsonNode part : schema.path("allOf")) {
        if (value(part, depth + 1) instanceof ObjectNode object) {
          merged.setAll(object);
        }
      }
      return merged;
    }
    return switch (schema.path("type").asText()) {
      case "object" -> {
        ObjectNode object = NODES.objectNode();
        schema
            .path("properties")
            .properties()
            .forEach(member -> {
              if (random.nextInt(4) > 0) {
                object.set(member.getKey(), value(member.getValue(), depth + 1));
              }
            });
        yield object;
      }
      case "array" -> {
        ArrayNode array = NODES.arrayNode();
        for (int i = random.nextInt(3); i > 0; i--) {
          array.add(value(schema.path("items"), depth + 1));
        }
        yield array;
      }
      case "integer" -> NODES.numberNode(random.nextInt(-2, 1_000));
      case "number" -> NODES.numberNode(random.nextGaussian());
      case "boolean" -> NODES.booleanNode(random.nextBoolean());
      default -> NODES.textNode(enumerated(schema));
    };
  }

  private String enumerated(JsonNode schema) {
    JsonNode choices = schema.path("enum");
    return choices.isEmpty() ? text() : choices.get(random.nextInt(choices.size())).asText();
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (java.io.IOException wrong) {
      throw new AssertionError(text, wrong);
    }
  }
}
