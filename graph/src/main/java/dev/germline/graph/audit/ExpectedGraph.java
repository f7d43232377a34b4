package dev.germline.graph.audit;

import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.Document;
import dev.germline.core.substrate.Edge;
import dev.germline.core.substrate.EdgeKind;
import dev.germline.core.substrate.EntityId;
import dev.germline.graph.projection.Arrow;
import dev.germline.graph.projection.Node;
import dev.germline.graph.projection.Records;
import dev.germline.graph.projection.Relation;
import dev.germline.graph.projection.Translation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the ledger's entities demand of the graph, in order of keys, a page at a time. */
final class ExpectedGraph {
  private static final int PAGE = 1_000;

  /** The ends of a claim's edges. */
  private record ClaimEdges(EntityId claim, Set<EntityId> subjects, Set<EntityId> objects) {}

  private final LedgerSnapshot snapshot;

  ExpectedGraph(LedgerSnapshot snapshot) {
    this.snapshot = snapshot;
  }

  void nodes(Consumer<Node> each) {
    Iterator<Node> chunks = map(snapshot.chunks(), Translation::node);
    Iterator<Node> embeddings = map(snapshot.embeddings(), Translation::node);
    new Merged<>(List.of(documentNodes(), chunks, embeddings), Comparator.comparing(Node::id))
        .forEachRemaining(each);
  }

  /**
   * Relations in the order of {@link RelationKey} and, as their edges go by, arrows in that of
   * {@link ArrowKey}.
   */
  void relations(Consumer<Relation> eachRelation, Consumer<Arrow> eachArrow) {
    Iterator<Edge> edges = snapshot.edges();
    List<Edge> page = new ArrayList<>();
    List<ClaimEdges> claims = new ArrayList<>();
    while (edges.hasNext()) {
      Edge edge = edges.next();
      boolean sameEnds =
          !page.isEmpty()
              && page.getLast().source().equals(edge.source())
              && page.getLast().target().equals(edge.target());
      if (page.size() >= PAGE && !sameEnds) {
        translate(page, eachRelation);
        page.clear();
      }
      page.add(edge);
      if (Translation.carriesArrow(edge.kind())) {
        if (claims.isEmpty() || !claims.getLast().claim().equals(edge.source())) {
          if (claims.size() >= PAGE) {
            draw(claims, eachArrow);
            claims.clear();
          }
          claims.add(new ClaimEdges(edge.source(), new HashSet<>(), new HashSet<>()));
        }
        ClaimEdges claim = claims.getLast();
        boolean subject = edge.kind().equals(EdgeKind.custom(Translation.CLAIM_SUBJECT));
        (subject ? claim.subjects() : claim.objects()).add(edge.target());
      }
    }
    translate(page, eachRelation);
    draw(claims, eachArrow);
  }

  private Iterator<Node> documentNodes() {
    Iterator<Document> documents = snapshot.documents();
    return new Paged<>() {
      @Override
      Optional<List<Node>> nextPage() {
        List<Document> page = new ArrayList<>();
        while (documents.hasNext() && page.size() < PAGE) {
          page.add(documents.next());
        }
        if (page.isEmpty()) {
          return Optional.empty();
        }
        Records records = records(page.stream().filter(Translation::isRecord));
        return Optional.of(page.stream().map(d -> Translation.node(d, records)).toList());
      }
    };
  }

  private void translate(List<Edge> edges, Consumer<Relation> each) {
    Map<EntityId, Document> sources =
        documents(
            edges.stream()
                .filter(edge -> Translation.needsSource(edge.kind()))
                .map(Edge::source)
                .collect(Collectors.toSet()));
    Records records = records(sources.values().stream());
    edges.stream()
        .map(edge ->
            Translation.relation(
                edge,
                Optional.ofNullable(sources.get(edge.source())).map(Document::contentHash),
                records))
        .flatMap(Optional::stream)
        // The ledger orders kinds between the same ends by their CP-001 byte, the graph by type.
        .sorted(Comparator.comparing(ExpectedGraph::key))
        .forEachOrdered(each);
  }

  private void draw(List<ClaimEdges> claims, Consumer<Arrow> each) {
    Map<EntityId, Document> documents =
        documents(claims.stream().map(ClaimEdges::claim).collect(Collectors.toSet()));
    Records records = records(documents.values().stream().filter(Translation::isRecord));
    for (ClaimEdges claim : claims) {
      Optional.ofNullable(documents.get(claim.claim()))
          .flatMap(document -> Translation.arrow(document, records))
          .filter(arrow -> claim.subjects().contains(arrow.subject()))
          .filter(arrow -> claim.objects().contains(arrow.object()))
          .ifPresent(each);
    }
  }

  static RelationKey key(Relation relation) {
    return new RelationKey(
        relation.source().toString(),
        relation.target().toString(),
        relation.type(),
        relation.kind());
  }

  private Map<EntityId, Document> documents(Set<EntityId> ids) {
    return ids.isEmpty() ? Map.of() : snapshot.documents(ids);
  }

  private Records records(Stream<Document> documents) {
    Set<Digest> digests = documents.map(Document::contentHash).collect(Collectors.toSet());
    return new Records(digests.isEmpty() ? Map.of() : snapshot.contents(digests));
  }

  private static <A, B> Iterator<B> map(Iterator<A> source, Function<A, B> function) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return source.hasNext();
      }

      @Override
      public B next() {
        return function.apply(source.next());
      }
    };
  }
}
