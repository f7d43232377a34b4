package dev.germline.app.graphql;

import dev.germline.app.layers.LayerRow;
import dev.germline.app.sharing.FoundLayer;
import dev.germline.app.sharing.LayerQuery;
import dev.germline.app.sharing.MetricThreshold;
import dev.germline.app.sharing.Peers;
import dev.germline.app.sharing.Scope;
import dev.germline.app.sharing.Searches;
import dev.germline.core.layers.LayerStatus;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLCodeRegistry;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Finding layers, here and at the peers. */
final class SearchFields implements Fields {
  private final Searches searches;
  private final GraphQlSettings settings;

  SearchFields(Searches searches, GraphQlSettings settings) {
    this.searches = searches;
    this.settings = settings;
  }

  /** A page of what was found, with what else the search came to. */
  private record Found(Connection<FoundLayer> page, Searches.Result result) {}

  @Override
  public String schema() {
    return "search.graphqls";
  }

  @Override
  public void wire(GraphQLCodeRegistry.Builder code) {
    FieldsOf.root(code, "Query").fetched("search", this::search);
    FieldsOf.type(code, "SearchConnection", Found.class)
        .value("edges", found -> found.page().edges())
        .value("nodes", found -> found.page().nodes())
        .value("pageInfo", found -> found.page().info())
        .value("complete", found -> found.result().complete())
        .value("peers", found -> found.result().peers());
    FieldsOf.type(code, "SearchEdge", Connection.Edge.class)
        .value("node", Connection.Edge::node)
        .value("cursor", Connection.Edge::cursor);
    FieldsOf.type(code, "AskedPeer", Peers.Answer.class)
        .value("peer", Peers.Answer::peer)
        .value("answered", answer -> answer.problem() == null)
        .value("problem", Peers.Answer::problem);
    FieldsOf.type(code, "FoundLayer", FoundLayer.class)
        .value("name", layer -> layer.name().toString())
        .value("digest", layer -> layer.digest().toHex())
        .value("type", layer -> layer.type().name())
        .value("status", layer -> layer.status().name())
        .value("creator", FoundLayer::creator)
        .value("description", FoundLayer::description)
        .value("license", FoundLayer::license)
        .value("score", FoundLayer::score)
        .value("origin", FoundLayer::origin)
        .fetched("layer", SearchFields::layer);
  }

  private Found search(DataFetchingEnvironment field) {
    Slice slice = Slice.of(field, settings);
    // The best come first however many are asked for, so the first page needs not all of them.
    int limit =
        slice.after() == null
            ? Math.min(slice.first() + 1, LayerQuery.MAX_LIMIT)
            : LayerQuery.MAX_LIMIT;
    List<String> metrics = field.getArgumentOrDefault("metrics", List.of());
    LayerQuery query =
        new LayerQuery(
            field.getArgument("text"),
            LayerFields.type(field.getArgument("type")),
            field.getArgument("namespace"),
            field.getArgument("capability"),
            field.getArgument("license"),
            field.getArgument("commercialUse"),
            LayerStatus.valueOf(Objects.requireNonNull(field.<String>getArgument("status"))),
            metrics.stream().map(MetricThreshold::parse).toList(),
            Scope.LOCAL,
            limit);
    Scope scope = Scope.valueOf(Objects.requireNonNull(field.<String>getArgument("scope")));
    Searches.Result result = searches.find(Asking.caller(field), query, scope);
    return new Found(
        slice.of(result.layers(), layer -> layer.origin() + " " + layer.name()), result);
  }

  private static CompletableFuture<Optional<LayerRow>> layer(DataFetchingEnvironment field) {
    FoundLayer found = Objects.requireNonNull(field.<FoundLayer>getSource());
    return found.origin().equals(FoundLayer.LOCAL)
        ? Batching.load(field, LayerFields.BY_NAME, found.name())
        : CompletableFuture.completedFuture(Optional.empty());
  }
}
