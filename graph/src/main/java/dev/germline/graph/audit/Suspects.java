package dev.germline.graph.audit;

import dev.germline.core.ledger.CognitiveDiff;
import dev.germline.core.substrate.EdgeKey;
import dev.germline.core.substrate.EntityId;
import dev.germline.graph.GraphSchema;
import dev.germline.graph.projection.Translation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Findings that still have to prove themselves: the graph moves on while it is read, so what a diff
 * touched in that time proves nothing and is dropped. Everything else must have been right.
 */
final class Suspects {
  /** A finding, the entities that would excuse it, and of a relation its ends. */
  private record Suspect(Finding finding, Set<String> entities, String pair) {}

  private final int max;
  private final List<Suspect> suspects = new ArrayList<>();
  private final Set<String> excuses = new HashSet<>();
  private final Set<String> touched = new HashSet<>();
  private boolean overflowed;

  Suspects(int max) {
    this.max = max;
  }

  void node(Finding.Kind kind, String id, String what) {
    add(kind, Finding.Element.NODE, id, what, Set.of(id), "");
  }

  void relation(Finding.Kind kind, RelationKey key, String what) {
    add(
        kind,
        Finding.Element.RELATION,
        key.toString(),
        what,
        set(key.source(), key.target()),
        key.source() + " " + key.target());
  }

  /** {@code ends}: ids of the layers it joins, as far as known. */
  void arrow(Finding.Kind kind, ArrowKey key, Set<String> ends, String what) {
    Set<String> entities = new HashSet<>(ends);
    entities.add(key.claim());
    add(kind, Finding.Element.ARROW, key.toString(), what, entities, "");
  }

  void position(Finding.Kind kind, String what) {
    add(kind, Finding.Element.POSITION, "ledger", what, Set.of(), "");
  }

  /** No diff changes the schema, so none excuses it. */
  void schema(GraphSchema.Difference difference) {
    Finding.Kind kind =
        switch (difference.how()) {
          case MISSING -> Finding.Kind.MISSING;
          case DIFFERENT -> Finding.Kind.DIFFERENT;
          case FOREIGN -> Finding.Kind.UNEXPECTED;
        };
    add(kind, Finding.Element.SCHEMA, difference.name(), difference.what(), Set.of(), "");
  }

  private static Set<String> set(String one, String other) {
    return one.equals(other) ? Set.of(one) : Set.of(one, other);
  }

  private void add(
      Finding.Kind kind,
      Finding.Element element,
      String id,
      String what,
      Set<String> entities,
      String pair) {
    if (suspects.size() == max) {
      overflowed = true;
      return;
    }
    suspects.add(new Suspect(new Finding(kind, element, id, what), entities, pair));
    excuses.addAll(entities);
    excuses.add(pair);
  }

  boolean overflowed() {
    return overflowed;
  }

  /** Takes note of what a diff touched while the graph was read. */
  void excuse(CognitiveDiff diff) {
    diff.documents().forEach(document -> touch(document.id()));
    diff.chunks().forEach(chunk -> touch(chunk.id()));
    diff.embeddings().forEach(embedding -> touch(embedding.id()));
    diff.removedDocuments().forEach(this::touch);
    diff.removedChunks().forEach(this::touch);
    diff.removedEmbeddings().forEach(this::touch);
    diff.edges().forEach(edge -> touch(edge.key()));
    diff.removedEdges().forEach(this::touch);
  }

  /** What no diff has excused. */
  List<Finding> findings() {
    return suspects.stream()
        .filter(s -> !touched.contains(s.pair) && Collections.disjoint(s.entities, touched))
        .map(Suspect::finding)
        .toList();
  }

  private void touch(EntityId id) {
    touch(id.toString());
  }

  /** An edge touches its pair; one that starts at a claim may draw or end that claim's arrow. */
  private void touch(EdgeKey key) {
    touch(key.source() + " " + key.target());
    if (Translation.carriesArrow(key.kind())) {
      touch(key.source());
    }
  }

  /** Remembers only what some suspect could be excused by, so memory is bounded by suspects. */
  private void touch(String entityOrPair) {
    if (excuses.contains(entityOrPair)) {
      touched.add(entityOrPair);
    }
  }
}
