package dev.germline.app.graphql;

import dev.germline.app.identity.Caller;
import dev.germline.app.layers.Kin;
import dev.germline.app.layers.LayerRow;
import dev.germline.app.lineage.Lineages;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.LayerName;
import dev.germline.core.substrate.EntityId;
import dev.germline.graph.lineage.Family;
import dev.germline.graph.lineage.LayerNode;
import dev.germline.graph.lineage.LayerRelation;
import dev.germline.graph.lineage.Sibling;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLCodeRegistry;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dataloader.DataLoaderOptions;
import org.dataloader.DataLoaderRegistry;
import org.jspecify.annotations.Nullable;

/** Where layers come from, what came of them, and every arrow between them. */
final class LineageFields implements Fields {
  private static final String KIN = "kin";
  private static final String FAMILIES = "families";
  private static final String RELATIONS = "relations";
  private static final String SIBLINGS = "siblings";

  private final Lineages lineages;
  private final Kin kin;
  private final GraphQlSettings settings;

  LineageFields(Lineages lineages, Kin kin, GraphQlSettings settings) {
    this.lineages = lineages;
    this.kin = kin;
    this.settings = settings;
  }

  /** A relative with the arrows along which the search came to it. */
  private record Relative(LayerNode layer, List<LayerRelation> via, String cursor) {}

  /** A page of a family. */
  private record Relatives(Connection<Relative> page, int total, boolean truncated) {}

  /** Which family is asked for. */
  private record Kindred(Lineages.Side side, int depth, @Nullable Instant asOf) {}

  /** When. */
  private record At(@Nullable Instant asOf) {}

  @Override
  public String schema() {
    return "lineage.graphqls";
  }

  @Override
  public void load(Caller caller, DataLoaderRegistry loaders, DataLoaderOptions options) {
    loaders.register(
        KIN,
        Batching.<Kin.Question, Kin.Page>about(
            (question, layers) -> kin.ask(caller, question, layers), options));
    loaders.register(
        FAMILIES,
        Batching.<Kindred, Family>about(
            (asked, layers) ->
                lineages.families(caller, asked.side(), asked.depth(), asked.asOf(), layers),
            options));
    loaders.register(
        RELATIONS,
        Batching.<At, List<LayerRelation>>about(
            (at, layers) -> lineages.relations(caller, at.asOf(), layers), options));
    loaders.register(
        SIBLINGS,
        Batching.<At, List<Sibling>>about(
            (at, layers) -> lineages.siblings(caller, at.asOf(), layers), options));
  }

  @Override
  public void wire(GraphQLCodeRegistry.Builder code) {
    FieldsOf.type(code, "Layer", LayerRow.class)
        .fetched("parents", kin(Kin.Side.PARENTS))
        .fetched("children", kin(Kin.Side.CHILDREN))
        .fetched("ancestors", family(Lineages.Side.ANCESTORS, LayerRelation::to))
        .fetched("descendants", family(Lineages.Side.DESCENDANTS, LayerRelation::from))
        .fetched("relations", this::relations)
        .fetched("siblings", this::siblings);
    FieldsOf.type(code, "LineageConnection", Relatives.class)
        .value("edges", relatives -> relatives.page().nodes())
        .value("pageInfo", relatives -> relatives.page().info())
        .value("totalCount", Relatives::total)
        .value("truncated", Relatives::truncated);
    FieldsOf.type(code, "LineageEdge", Relative.class)
        .value("cursor", Relative::cursor)
        .value("depth", relative -> relative.layer().depth())
        .value("via", Relative::via)
        .fetched("node", node(Relative.class, Relative::layer));
    Connection.wire(code, "Relation");
    FieldsOf.type(code, "Relation", LayerRelation.class)
        .value("from", relation -> relation.from().toString())
        .value("to", relation -> relation.to().toString())
        .value("kind", relation -> relation.type().name())
        .value("claim", relation -> relation.claim().toString())
        .value("properties", LayerRelation::properties);
    Connection.wire(code, "Sibling");
    FieldsOf.type(code, "Sibling", Sibling.class)
        .fetched("layer", node(Sibling.class, Sibling::layer))
        .value("parents", sibling -> sibling.parents().stream().map(LayerName::toString).toList());
  }

  private DataFetcher<CompletableFuture<Connection<LayerRow>>> kin(Kin.Side side) {
    return field -> {
      Slice slice = Slice.of(field, settings);
      Kin.Question question = new Kin.Question(side, slice.first(), slice.after());
      return Batching.<Kin.Question, Kin.Page>ofLayer(field, KIN, question)
          .thenApply(found -> found.orElse(new Kin.Page(List.of(), false)))
          .thenApply(page ->
              new Connection<>(page.items(), LayerRow::place, page.more(), slice.after() != null));
    };
  }

  private DataFetcher<CompletableFuture<Relatives>> family(
      Lineages.Side side, Function<LayerRelation, LayerName> reached) {
    return field -> {
      Slice slice = Slice.of(field, settings);
      int depth = Objects.requireNonNull(field.<Integer>getArgument("depth"));
      Instant asOf = moment(field);
      return LineageFields.<Kindred, Family>shown(
              field, FAMILIES, new Kindred(side, depth, asOf), asOf)
          .thenApply(family -> relatives(family, slice, reached));
    };
  }

  private static Relatives relatives(
      Family family, Slice slice, Function<LayerRelation, LayerName> reached) {
    Connection<LayerNode> page = slice.of(family.nodes(), node -> node.id().toString());
    Map<LayerName, List<LayerRelation>> via =
        family.edges().stream().collect(Collectors.groupingBy(reached));
    List<Relative> relatives =
        page.nodes().stream()
            .map(node ->
                new Relative(
                    node,
                    via.getOrDefault(node.name(), List.of()),
                    Slice.encode(node.id().toString())))
            .toList();
    return new Relatives(
        new Connection<>(
            relatives, relative -> relative.layer().id().toString(), page.next(), page.previous()),
        family.nodes().size(),
        family.truncated());
  }

  private CompletableFuture<Connection<LayerRelation>> relations(DataFetchingEnvironment field) {
    Slice slice = Slice.of(field, settings);
    String kind = field.getArgument("kind");
    Instant asOf = moment(field);
    return LineageFields.<At, List<LayerRelation>>shown(field, RELATIONS, new At(asOf), asOf)
        .thenApply(relations ->
            relations.stream()
                .filter(relation -> kind == null || relation.type().name().equals(kind))
                .toList())
        .thenApply(relations -> slice.of(relations, relation -> relation.claim().toString()));
  }

  private CompletableFuture<Connection<Sibling>> siblings(DataFetchingEnvironment field) {
    Slice slice = Slice.of(field, settings);
    Instant asOf = moment(field);
    return LineageFields.<At, List<Sibling>>shown(field, SIBLINGS, new At(asOf), asOf)
        .thenApply(siblings -> slice.of(siblings, sibling -> sibling.layer().id().toString()));
  }

  /** What the graph shows of the layer that a field is of. */
  private static <A, V> CompletableFuture<V> shown(
      DataFetchingEnvironment field, String loader, A question, @Nullable Instant asOf) {
    LayerRow layer = Objects.requireNonNull(field.<LayerRow>getSource());
    return Batching.<A, V>ofLayer(field, loader, question)
        .thenApply(found -> found.orElseThrow(() -> Lineages.missing(layer, asOf)));
  }

  /** The registry's row of a layer that the graph showed. */
  static <T> DataFetcher<CompletableFuture<Optional<LayerRow>>> node(
      Class<T> source, Function<T, LayerNode> layer) {
    return field -> {
      T value = source.cast(Objects.requireNonNull(field.<Object>getSource()));
      EntityId id = layer.apply(value).id();
      return Batching.load(field, LayerFields.BY_ID, id);
    };
  }

  static @Nullable Instant moment(DataFetchingEnvironment field) {
    String text = field.getArgument("asOf");
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException strange) {
      throw new GermlineException(
          Fault.INVALID_REQUEST,
          "asOf is a time such as 2026-03-03T12:00:00Z, and not '%s'".formatted(text));
    }
  }
}
