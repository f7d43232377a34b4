package dev.germline.app.graphql;

import dev.germline.app.layers.LayerRow;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.layers.LayerType;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLCodeRegistry;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** What can be subscribed to. */
final class NewsFields implements Fields {
  private final NewLayers news;

  NewsFields(NewLayers news) {
    this.news = news;
  }

  @Override
  public String schema() {
    return "news.graphqls";
  }

  @Override
  public void wire(GraphQLCodeRegistry.Builder code) {
    FieldsOf.root(code, "Subscription").fetched("layerPublished", this::layers);
  }

  private Publisher<LayerRow> layers(DataFetchingEnvironment field) {
    Long after = field.getArgument("after");
    if (after != null && after < 0) {
      throw new GermlineException(
          Fault.INVALID_REQUEST, "after is a ledger sequence, 0 or more, and not " + after);
    }
    String namespace = field.getArgument("namespace");
    LayerType type = LayerFields.type(field.getArgument("type"));
    return news.watch(Asking.caller(field), after, layer -> matches(layer, namespace, type));
  }

  private static boolean matches(
      LayerRow layer, @Nullable String namespace, @Nullable LayerType type) {
    return (namespace == null || layer.name().namespace().equals(namespace))
        && (type == null || layer.type() == type);
  }
}
