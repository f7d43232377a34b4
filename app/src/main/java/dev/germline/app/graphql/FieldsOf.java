package dev.germline.app.graphql;

import graphql.TrivialDataFetcher;
import graphql.schema.DataFetcher;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one type of the schema, each a function of the Java value that stands for it: no
 * reflection, and a value of another class is a defect that shows at once.
 */
final class FieldsOf<T> {
  private final GraphQLCodeRegistry.Builder code;
  private final String type;
  private final Class<T> source;

  private FieldsOf(GraphQLCodeRegistry.Builder code, String type, Class<T> source) {
    this.code = code;
    this.type = type;
    this.source = source;
  }

  static <T> FieldsOf<T> type(GraphQLCodeRegistry.Builder code, String type, Class<T> source) {
    return new FieldsOf<>(code, type, source);
  }

  /** Query, Mutation or Subscription. */
  static FieldsOf<Object> root(GraphQLCodeRegistry.Builder code, String type) {
    return new FieldsOf<>(code, type, Object.class);
  }

  /** A field that is a part of the value. */
  FieldsOf<T> value(String field, Function<T, @Nullable Object> value) {
    TrivialDataFetcher<Object> fetcher =
        environment ->
            value.apply(source.cast(Objects.requireNonNull(environment.<Object>getSource())));
    return fetched(field, fetcher);
  }

  /** A field that must be looked up. */
  FieldsOf<T> fetched(String field, DataFetcher<?> fetcher) {
    code.dataFetcher(FieldCoordinates.coordinates(type, field), fetcher);
    return this;
  }
}
