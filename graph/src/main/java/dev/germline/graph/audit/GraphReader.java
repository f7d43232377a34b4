package dev.germline.graph.audit;

import dev.germline.core.GermlineException;
import dev.germline.core.layers.Relationship;
import dev.germline.core.substrate.EntityId;
import dev.germline.graph.CypherFile;
import dev.germline.graph.audit.Comparison.Found;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.neo4j.driver.Record;
import org.neo4j.driver.Session;

/**
 * The graph's contents in order of their keys, a page at a time. What cannot have been projected,
 * as its key is none, goes straight to the suspects.
 */
final class GraphReader {
  private static final int PAGE = 1_000;

  /** A node with more outgoing relations than this is read on its own. */
  private static final int MANY = 5_000;

  /** A node as it is. */
  record FoundNode(Set<String> labels, Map<String, Object> properties) {}

  /** A claim's arrow as it is. */
  record FoundArrow(String source, String target, Map<String, Object> properties) {}

  private record Source(String id, long degree) {}

  private final Session session;
  private final Suspects suspects;

  GraphReader(Session session, Suspects suspects) {
    this.session = session;
    this.suspects = suspects;
  }

  Iterator<Found<String, FoundNode>> nodes() {
    return new Paged<>() {
      private String after = "";

      @Override
      Optional<List<Found<String, FoundNode>>> nextPage() {
        List<Record> rows = run(CypherFile.AUDIT_NODES, Map.of("after", after, "limit", PAGE));
        List<Found<String, FoundNode>> found = new ArrayList<>();
        for (Record row : rows) {
          after = row.get("id").asString();
          Set<String> labels = new TreeSet<>(row.get("labels").asList(l -> l.asString()));
          if (isId(after)) {
            found.add(new Found<>(after, new FoundNode(labels, row.get("properties").asMap())));
          } else {
            suspects.node(Finding.Kind.UNEXPECTED, after, "labels " + labels);
          }
        }
        return rows.isEmpty() ? Optional.empty() : Optional.of(found);
      }
    };
  }

  Iterator<Found<RelationKey, Map<String, Object>>> relations() {
    Iterator<Source> sources = sources();
    return new Paged<>() {
      private Optional<Source> big = Optional.empty();
      private String from = "";

      @Override
      Optional<List<Found<RelationKey, Map<String, Object>>>> nextPage() {
        if (big.isPresent()) {
          return Optional.of(pageOf(big.get()));
        }
        List<String> ids = new ArrayList<>();
        long degrees = 0;
        while (sources.hasNext() && degrees < MANY && ids.size() < PAGE) {
          Source source = sources.next();
          if (source.degree() > MANY) {
            big = Optional.of(source);
            break;
          }
          ids.add(source.id());
          degrees += source.degree();
        }
        if (ids.isEmpty()) {
          return big.map(this::pageOf);
        }
        return Optional.of(sorted(run(CypherFile.AUDIT_RELATIONS, Map.of("ids", ids))));
      }

      // Whole targets only, so that relations to one target are never parted.
      private List<Found<RelationKey, Map<String, Object>>> pageOf(Source source) {
        for (int limit = MANY; ; limit *= 2) {
          List<Record> rows =
              run(
                  CypherFile.AUDIT_RELATIONS_OF_ONE,
                  Map.of("id", source.id(), "from", from, "limit", limit));
          if (rows.size() < limit) {
            big = Optional.empty();
            from = "";
            return sorted(rows);
          }
          String last = rows.getLast().get("target").asString();
          if (!last.equals(rows.getFirst().get("target").asString())) {
            from = last;
            return sorted(
                rows.stream().filter(r -> !r.get("target").asString().equals(last)).toList());
          }
        }
      }
    };
  }

  /** The arrows of all types, by claim, then type. */
  Iterator<Found<ArrowKey, FoundArrow>> arrows() {
    List<Iterator<Found<ArrowKey, FoundArrow>>> types = new ArrayList<>();
    for (Relationship.Kind kind : Relationship.Kind.values()) {
      types.add(arrows(kind));
    }
    return new Merged<>(types, Comparator.comparing(Found::key));
  }

  /** Nodes that no projection made. */
  void strangers(int limit) {
    for (Record row : run(CypherFile.AUDIT_STRANGERS, Map.of("limit", limit))) {
      suspects.node(
          Finding.Kind.UNEXPECTED,
          row.get("element").asString(),
          "a node without entity id: labels %s, properties %s, %d relations"
              .formatted(
                  row.get("labels").asList(),
                  row.get("keys").asList(),
                  row.get("relations").asLong()));
    }
  }

  private Iterator<Found<ArrowKey, FoundArrow>> arrows(Relationship.Kind kind) {
    CypherFile file = CypherFile.valueOf("AUDIT_" + kind);
    return new Paged<>() {
      private String after = "";

      @Override
      Optional<List<Found<ArrowKey, FoundArrow>>> nextPage() {
        List<Record> rows = run(file, Map.of("after", after, "limit", PAGE));
        List<Found<ArrowKey, FoundArrow>> found = new ArrayList<>();
        for (Record row : rows) {
          after = row.get("claim").asString();
          ArrowKey key = new ArrowKey(after, kind.name());
          String source = row.get("source").asString();
          String target = row.get("target").asString();
          if (isId(after)) {
            FoundArrow arrow = new FoundArrow(source, target, row.get("properties").asMap());
            found.add(new Found<>(key, arrow));
          } else {
            suspects.arrow(
                Finding.Kind.UNEXPECTED,
                key,
                Set.of(),
                "between %s and %s".formatted(source, target));
          }
        }
        return rows.isEmpty() ? Optional.empty() : Optional.of(found);
      }
    };
  }

  private Iterator<Source> sources() {
    return new Paged<>() {
      private String after = "";

      @Override
      Optional<List<Source>> nextPage() {
        List<Record> rows = run(CypherFile.AUDIT_SOURCES, Map.of("after", after, "limit", PAGE));
        if (rows.isEmpty()) {
          return Optional.empty();
        }
        after = rows.getLast().get("id").asString();
        return Optional.of(
            rows.stream()
                .map(row -> new Source(row.get("id").asString(), row.get("degree").asLong()))
                .filter(source -> source.degree() > 0 && isId(source.id()))
                .toList());
      }
    };
  }

  private static List<Found<RelationKey, Map<String, Object>>> sorted(List<Record> rows) {
    return rows.stream()
        .map(row -> {
          Map<String, Object> properties = row.get("properties").asMap();
          String type = row.get("type").asString();
          Object kind = type.equals("CP_EDGE") ? properties.getOrDefault("kind", "") : "";
          return new Found<>(
              new RelationKey(
                  row.get("source").asString(),
                  row.get("target").asString(),
                  type,
                  kind.toString()),
              properties);
        })
        .sorted(Comparator.comparing(Found::key))
        .toList();
  }

  private static boolean isId(String text) {
    try {
      return EntityId.parse(text).toString().equals(text);
    } catch (GermlineException e) {
      return false;
    }
  }

  private List<Record> run(CypherFile file, Map<String, Object> parameters) {
    return session.run(file.statement(), parameters).list();
  }
}
