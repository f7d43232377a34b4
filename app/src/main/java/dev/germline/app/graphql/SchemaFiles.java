package dev.germline.app.graphql;

import graphql.scalars.ExtendedScalars;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The schema, out of its files. */
final class SchemaFiles {
  private static final String COMMON = "common.graphqls";

  private SchemaFiles() {}

  static GraphQLSchema schema(List<Fields> features) {
    TypeDefinitionRegistry types = read(COMMON);
    GraphQLCodeRegistry.Builder code = GraphQLCodeRegistry.newCodeRegistry();
    Connection.pageInfo(code);
    for (Fields feature : features) {
      types.merge(read(feature.schema()));
      feature.wire(code);
    }
    RuntimeWiring wiring =
        RuntimeWiring.newRuntimeWiring()
            .scalar(ExtendedScalars.Json)
            .scalar(ExtendedScalars.GraphQLLong)
            .codeRegistry(code)
            .build();
    return new SchemaGenerator().makeExecutableSchema(types, wiring);
  }

  private static TypeDefinitionRegistry read(String file) {
    try (InputStream in = SchemaFiles.class.getResourceAsStream("/graphql/" + file)) {
      if (in == null) {
        throw new IllegalStateException("there is no schema file " + file);
      }
      return new SchemaParser().parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
