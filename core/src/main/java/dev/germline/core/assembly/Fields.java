package dev.germline.core.assembly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One JSON object, read member by member; every complaint names the path. For one thread. */
final class Fields {
  private final ObjectNode tree;
  private final String path;
  private final Set<String> read = new HashSet<>();

  Fields(ObjectNode tree, String path) {
    this.tree = tree;
    this.path = path;
  }

  /** Where a member is, for complaints. */
  String at(String member) {
    return path + "." + member;
  }

  private @Nullable JsonNode take(String member) {
    read.add(member);
    JsonNode value = tree.get(member);
    return value == null || value.isNull() ? null : value;
  }

  Optional<JsonNode> any(String member) {
    return Optional.ofNullable(take(member));
  }

  String text(String member, int most) {
    return optionalText(member, most)
        .orElseThrow(() -> invalid(at(member) + " is missing; it is required"));
  }

  Optional<String> optionalText(String member, int most) {
    JsonNode value = take(member);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw invalid(at(member) + ": a text is needed here");
    }
    return Optional.of(plain(at(member), value.textValue(), most));
  }

  private static String plain(String where, String text, int most) {
    if (text.length() > most) {
      throw invalid(
          where + " is " + text.length() + " characters long; at most " + most + " are taken");
    }
    boolean control =
        text.codePoints()
            .anyMatch(c ->
                Character.getType(c) == Character.SURROGATE
                    || (Character.isISOControl(c) && c != '\n' && c != '\t' && c != '\r'));
    if (control) {
      throw invalid(where + " has a control character; remove it");
    }
    return text;
  }

  double number(String member, double otherwise, double low, double high) {
    JsonNode value = take(member);
    if (value == null) {
      return otherwise;
    }
    if (!value.isNumber() || !(value.doubleValue() >= low && value.doubleValue() <= high)) {
      throw invalid(
          at(member) + " is " + shown(value) + "; give a number from " + low + " to " + high);
    }
    return value.doubleValue() + 0.0;
  }

  long count(String member) {
    JsonNode value = take(member);
    if (value == null || !value.isIntegralNumber() || value.longValue() < 0) {
      throw invalid(at(member) + ": a whole number from 0 is needed here");
    }
    return value.longValue();
  }

  List<String> texts(String member, int most, int longest) {
    List<String> texts = new ArrayList<>();
    for (JsonNode value : list(member, most)) {
      if (!value.isTextual() || value.textValue().isBlank()) {
        throw invalid(at(member) + ": texts are needed here");
      }
      texts.add(plain(at(member), value.textValue(), longest));
    }
    return texts;
  }

  List<Fields> objects(String member, int most) {
    List<Fields> objects = new ArrayList<>();
    for (JsonNode value : list(member, most)) {
      objects.add(object(value, at(member) + "[" + objects.size() + "]"));
    }
    return objects;
  }

  Optional<Fields> object(String member) {
    JsonNode value = take(member);
    return value == null ? Optional.empty() : Optional.of(object(value, at(member)));
  }

  private static Fields object(JsonNode value, String path) {
    if (value instanceof ObjectNode object) {
      return new Fields(object, path);
    }
    throw invalid(path + ": an object is needed here; give one in { }");
  }

  private List<JsonNode> list(String member, int most) {
    JsonNode value = take(member);
    List<JsonNode> list = new ArrayList<>();
    if (value == null) {
      return list;
    }
    if (!(value instanceof ArrayNode array)) {
      throw invalid(at(member) + ": a list is needed here; give one in [ ]");
    }
    if (array.size() > most) {
      throw new GermlineException(
          Fault.LIMIT_EXCEEDED,
          at(member) + " has " + array.size() + " entries; at most " + most + " are taken");
    }
    array.forEach(list::add);
    return list;
  }

  /** The members there are. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    tree.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** Refuses members that nobody asked for. */
  void end() {
    tree.fieldNames()
        .forEachRemaining(name -> {
          if (!read.contains(name)) {
            throw invalid(
                path
                    + " has a member "
                    + (name.length() > 60 ? name.substring(0, 60) : name)
                    + " that is not known here; known: "
                    + String.join(", ", new TreeSet<>(read)));
          }
        });
  }

  static String shown(JsonNode value) {
    String text = value.toString();
    return text.length() > 60 ? text.substring(0, 60) + "..." : text;
  }

  static GermlineException invalid(String detail) {
    return new GermlineException(Fault.INVALID_ASSEMBLY, detail);
  }
}
