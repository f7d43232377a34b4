package dev.germline.app.graphql;

import graphql.analysis.FieldComplexityEnvironment;
import graphql.analysis.MaxQueryComplexityInstrumentation;
import graphql.analysis.MaxQueryDepthInstrumentation;
import graphql.execution.AbortExecutionException;
import graphql.execution.instrumentation.ChainedInstrumentation;
import graphql.execution.instrumentation.Instrumentation;
import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLFieldDefinition;
import java.util.List;

/** What a query may ask for: checked before anything is fetched. */
final class Limits {
  private Limits() {}

  static Instrumentation of(GraphQlSettings settings) {
    return new ChainedInstrumentation(
        List.of(new Depth(settings.maxDepth()), new Cost(settings.maxCost())));
  }

  private static final class Depth extends MaxQueryDepthInstrumentation {
    Depth(int most) {
      super(most);
    }

    @Override
    protected AbortExecutionException mkAbortException(int depth, int most) {
      return new AbortExecutionException(
          "the query is %d fields deep; at most %d are answered".formatted(depth, most));
    }
  }

  private static final class Cost extends MaxQueryComplexityInstrumentation {
    Cost(int most) {
      super(most, (field, within) -> cost(field, within, most));
    }

    @Override
    protected AbortExecutionException mkAbortException(int cost, int most) {
      return new AbortExecutionException(
          "the query costs more than %d (every field times the entries of its pages, see @cost);"
                  .formatted(most)
              + " ask for smaller pages or fewer fields");
    }

    /** Beyond the limit it does not matter by how much: so sums never overflow. */
    private static int cost(FieldComplexityEnvironment field, int within, int most) {
      long entries =
          field.getArguments().get("first") instanceof Integer first ? Math.max(first, 1) : 1;
      return (int) Math.min(most + 1L, weight(field.getFieldDefinition()) + entries * within);
    }

    private static int weight(GraphQLFieldDefinition field) {
      GraphQLAppliedDirective cost = field.getAppliedDirective("cost");
      Integer weight = cost == null ? null : cost.getArgument("weight").getValue();
      return weight == null ? 1 : weight;
    }
  }
}
