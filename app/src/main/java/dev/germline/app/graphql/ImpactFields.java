package dev.germline.app.graphql;

import dev.germline.app.layers.Impacts;
import dev.germline.app.layers.Reach;
import dev.germline.core.layers.LayerName;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLCodeRegistry;
import java.util.Objects;

/**
 * What feels it when a layer is taken back. A field of the query and no field of a layer, so that
 * no page of layers asks for each of them.
 */
final class ImpactFields implements Fields {
  private final Impacts impacts;
  private final GraphQlSettings settings;

  ImpactFields(Impacts impacts, GraphQlSettings settings) {
    this.impacts = impacts;
    this.settings = settings;
  }

  @Override
  public String schema() {
    return "impact.graphqls";
  }

  @Override
  public void wire(GraphQLCodeRegistry.Builder code) {
    FieldsOf.root(code, "Query").fetched("impact", this::impact);
    FieldsOf.type(code, "Impact", Impacts.Impact.class)
        .value("layerCount", impact -> impact.layers().size())
        .value("owners", Impacts.Impact::owners)
        .value("assemblyCount", impact -> impact.assemblies().size())
        .value("complete", Impacts.Impact::complete)
        .fetched("layers", this::layers)
        .fetched("assemblies", this::assemblies);
    Connection.wire(code, "ImpactedLayer");
    FieldsOf.type(code, "ImpactedLayer", Reach.Reached.class)
        .value("layer", Reach.Reached::layer)
        .value("distance", Reach.Reached::distance)
        .value("required", Reach.Reached::required);
    Connection.wire(code, "ImpactedAssembly");
    FieldsOf.type(code, "ImpactedAssembly", Impacts.Holding.class)
        .value("name", one -> one.name().toString())
        .value("through", one -> one.layer().toString())
        .value("distance", Impacts.Holding::distance)
        .fetched(
            "assembly",
            field -> {
              Impacts.Holding one = Objects.requireNonNull(field.<Impacts.Holding>getSource());
              return Batching.load(field, AssemblyFields.BY_ID, one.assembly());
            });
  }

  private Impacts.Impact impact(DataFetchingEnvironment field) {
    String layer = Objects.requireNonNull(field.<String>getArgument("layer"));
    return impacts.of(Asking.caller(field), LayerName.parse(layer));
  }

  private Connection<Reach.Reached> layers(DataFetchingEnvironment field) {
    return Slice.of(field, settings).of(of(field).layers(), one -> one.layer().id().toString());
  }

  private Connection<Impacts.Holding> assemblies(DataFetchingEnvironment field) {
    return Slice.of(field, settings).of(of(field).assemblies(), one -> one.assembly().toString());
  }

  private static Impacts.Impact of(DataFetchingEnvironment field) {
    return Objects.requireNonNull(field.<Impacts.Impact>getSource());
  }
}
