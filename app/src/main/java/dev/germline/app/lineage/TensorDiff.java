package dev.germline.app.lineage;

import dev.germline.core.substrate.Digest;
import dev.germline.core.weights.TensorSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The tensors of two layers beside each other, by name. Whether their bytes are the same is read
 * off the pieces they are stored as, which are cut at tensors, and not off the bytes themselves.
 *
 * @param same how many are equal in type, shape and bytes
 * @param changes by name, at most {@value #MOST}
 * @param more how many changes are left out
 */
record TensorDiff(int same, List<Change> changes, int more) {
  /** Changes that one answer holds at most. */
  static final int MOST = 1_000;

  /** How a tensor differs. */
  enum Kind {
    ADDED,
    REMOVED,
    /** Type or shape differ. */
    RESHAPED,
    /** The bytes differ, or are not known to be the same. */
    VALUES
  }

  /**
   * A tensor that is not the same.
   *
   * @param before its type and shape, such as {@code F16[768,2]}; empty if added
   * @param after the same; empty if removed
   */
  record Change(String tensor, Kind kind, String before, String after) {}

  private record Stored(TensorSpan span, List<Digest> pieces) {
    String form() {
      return span.dtype() + span.shape().toString().replace(" ", "");
    }

    boolean sameBytes(Stored other) {
      return !pieces.isEmpty() && pieces.equals(other.pieces());
    }
  }

  /** The diff of two layers' files. */
  static TensorDiff between(List<ContentRows.File> before, List<ContentRows.File> after) {
    Map<String, Stored> old = tensors(before);
    Map<String, Stored> young = tensors(after);
    Set<String> names = new TreeSet<>(old.keySet());
    names.addAll(young.keySet());
    int same = 0;
    int more = 0;
    List<Change> changes = new ArrayList<>();
    for (String name : names) {
      Stored was = old.get(name);
      Stored is = young.get(name);
      Kind kind;
      if (was == null) {
        kind = Kind.ADDED;
      } else if (is == null) {
        kind = Kind.REMOVED;
      } else if (!was.form().equals(is.form())) {
        kind = Kind.RESHAPED;
      } else if (!was.sameBytes(is)) {
        kind = Kind.VALUES;
      } else {
        same++;
        continue;
      }
      if (changes.size() < MOST) {
        changes.add(
            new Change(name, kind, was == null ? "" : was.form(), is == null ? "" : is.form()));
      } else {
        more++;
      }
    }
    return new TensorDiff(same, List.copyOf(changes), more);
  }

  /** By name; where several files have one of that name, each by its file and name. */
  private static Map<String, Stored> tensors(List<ContentRows.File> files) {
    Map<String, Integer> count = new TreeMap<>();
    files.forEach(file -> file.tensors().forEach(t -> count.merge(t.name(), 1, Integer::sum)));
    Map<String, Stored> tensors = new TreeMap<>();
    for (ContentRows.File file : files) {
      for (TensorSpan span : file.tensors()) {
        String name =
            count.getOrDefault(span.name(), 1) > 1 ? file.path() + ":" + span.name() : span.name();
        tensors.put(name, new Stored(span, pieces(file.pieces(), span)));
      }
    }
    return tensors;
  }

  /** The pieces that the tensor is, none if they are not cut where it begins and ends. */
  private static List<Digest> pieces(NavigableMap<Long, Digest> pieces, TensorSpan span) {
    boolean whole =
        pieces.containsKey(span.begin())
            && (pieces.containsKey(span.end()) || pieces.lastKey() < span.end());
    return whole
        ? List.copyOf(pieces.subMap(span.begin(), true, span.end(), false).values())
        : List.of();
  }
}
