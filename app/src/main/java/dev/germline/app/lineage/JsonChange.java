package dev.germline.app.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One value that two JSON documents do not share.
 *
 * @param path RFC 6901 pointer to it
 * @param before missing where it was added
 * @param after missing where it was taken away
 */
record JsonChange(String path, JsonNode before, JsonNode after) {
  /** The changes from one to the other, by path; lists are compared place by place. */
  static List<JsonChange> between(JsonNode before, JsonNode after) {
    List<JsonChange> changes = new ArrayList<>();
    compare("", before, after, changes);
    return changes;
  }

  private static void compare(
      String path, JsonNode before, JsonNode after, List<JsonChange> changes) {
    if (before.equals(after)) {
      return;
    }
    if (before.isObject() && after.isObject()) {
      Set<String> names = new TreeSet<>();
      before.fieldNames().forEachRemaining(names::add);
      after.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        String below = path + "/" + name.replace("~", "~0").replace("/", "~1");
        compare(below, before.path(name), after.path(name), changes);
      }
    } else if (before.isArray() && after.isArray()) {
      for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
        compare(path + "/" + i, before.path(i), after.path(i), changes);
      }
    } else {
      changes.add(new JsonChange(path, before, after));
    }
  }

  boolean added() {
    return before instanceof MissingNode;
  }

  boolean removed() {
    return after instanceof MissingNode;
  }
}
