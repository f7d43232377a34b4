package dev.germline.app.graphql;

import dev.germline.app.identity.Caller;
import graphql.schema.GraphQLCodeRegistry;
import org.dataloader.DataLoaderOptions;
import org.dataloader.DataLoaderRegistry;

/** What one feature adds to the schema, and where the values of its fields come from. */
interface Fields {
  /** Its schema file, in {@code graphql/}. */
  String schema();

  /** Says how each field of the file is fetched. */
  void wire(GraphQLCodeRegistry.Builder code);

  /** What the fields load for many layers at once, as this caller may see it. */
  default void load(Caller caller, DataLoaderRegistry loaders, DataLoaderOptions options) {}
}
