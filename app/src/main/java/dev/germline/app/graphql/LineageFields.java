package dev.germline.app.graphql;

import dev.germline.app.identity.Caller;
import dev.germline.app.layers.Kin;
import dev.germline.app.layers.LayerRow;
import dev.germline.app.lineage.Lineage;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.LayerName;
import dev.germline.core.substrate.EntityId;
import dev.germline.graph.lineage.Family;
import dev.germline.graph.lineage.LayerNode;
import dev.germline.graph.lineage.LayerRelation;
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

  private final Lineage lineage;
  private final Kin kin;
  private final GraphQlSettings settings;

  LineageFields(Lineage lineage, Kin kin, GraphQlSettings settings) {
    this.lineage = lineage;
    this.kin = kin;
    this.settings = settings;
  }

  /** A relative with the arrows along which the search came to it. */
  private record Relative(LayerNode layer, List<LayerRelation> via, String cursor) {}

  /** A page of a family. */
  private record Relatives(Connection<Relative> page, int total, boolean truncated) {}

  /** How to ask for a family. */
  private interface Question {
    Family ask(Caller caller, LayerName layer, int depth, @Nullable Instant asOf);
  }

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
  }

  @Override
  public void wire(GraphQLCodeRegistry.Builder code) {
    FieldsOf.type(code, "Layer", LayerRow.class)
        .fetched("parents", kin(Kin.Side.PARENTS))
        .fetched("children", kin(Kin.Side.CHILDREN))
        .fetched("ancestors", family(lineage::ancestorFamily, LayerRelation::to))
        .fetched("descendants", family(lineage::descendantFamily, LayerRelation::from))
        .fetched("relations", this::relations);
    FieldsOf.type(code, "LineageConnection", Relatives.class)
        .value("edges", relatives -> relatives.page().nodes())
        .value("pageInfo", relatives -> relatives.page().info())
        .value("totalCount", Relatives::total)
        .value("truncated", Relatives::truncated);
    FieldsOf.type(code, "LineageEdge", Relative.class)
        .value("cursor", Relative::cursor)
        .value("depth", relative -> relative.layer().depth())
        .value("via", Relative::via)
        .fetched("node", LineageFields::node);
    Connection.wire(code, "Relation");
    FieldsOf.type(code, "Relation", LayerRelation.class)
        .value("from", relation -> relation.from().toString())
        .value("to", relation -> relation.to().toString())
        .value("kind", relation -> relation.type().name())
        .value("claim", relation -> relation.claim().toString())
        .value("properties", LayerRelation::properties);
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

  private DataFetcher<Relatives> family(
      Question question, Function<LayerRelation, LayerName> reached) {
    return field -> {
      Slice slice = Slice.of(field, settings);
      LayerRow layer = Objects.requireNonNull(field.<LayerRow>getSource());
      int depth = Objects.requireNonNull(field.<Integer>getArgument("depth"));
      Family family = question.ask(Asking.caller(field), layer.name(), depth, moment(field));
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
              relatives,
              relative -> relative.layer().id().toString(),
              page.next(),
              page.previous()),
          family.nodes().size(),
          family.truncated());
    };
  }

  private static CompletableFuture<Optional<LayerRow>> node(DataFetchingEnvironment field) {
    EntityId id = Objects.requireNonNull(field.<Relative>getSource()).layer().id();
    return Batching.load(field, LayerFields.BY_ID, id);
  }

  private static @Nullable Instant moment(DataFetchingEnvironment field) {
    String text = field.getArgument("asOf");
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException strange) {
      throw new GermlineException(
          Fault.INVALID_REQUEST,
          "asOf is a time such as 2026-03-03T12:00:00Z, and not '%s'".formatted(text));
    }
  }

  private Connection<LayerRelation> relations(DataFetchingEnvironment field) {
    Slice slice = Slice.of(field, settings);
    LayerRow layer = Objects.requireNonNull(field.<LayerRow>getSource());
    String kind = field.getArgument("kind");
    List<LayerRelation> relations =
        lineage.relations(Asking.caller(field), layer.name(), moment(field)).stream()
            .filter(relation -> kind == null || relation.type().name().equals(kind))
            .toList();
    return slice.of(relations, relation -> relation.claim().toString());
  }
}
