package dev.germline.app.graphql;

import graphql.ExecutionResult;
import graphql.analysis.FieldComplexityEnvironment;
import graphql.analysis.MaxQueryComplexityInstrumentation;
import graphql.analysis.MaxQueryDepthInstrumentation;
import graphql.execution.AbortExecutionException;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationCreateStateParameters;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import graphql.execution.instrumentation.parameters.InstrumentationValidationParameters;
import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLFieldDefinition;
import graphql.validation.ValidationError;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What a query may ask for: checked before anything is fetched. One instrumentation and no chain of
 * them, which would ask each at every single field.
 */
final class Limits extends SimplePerformantInstrumentation {
  private final Depth depth;
  private final Cost cost;

  Limits(GraphQlSettings settings) {
    this.depth = new Depth(settings.maxDepth());
    this.cost = new Cost(settings.maxCost());
  }

  @Override
  public @Nullable CompletableFuture<InstrumentationState> createStateAsync(
      InstrumentationCreateStateParameters parameters) {
    return cost.createStateAsync(parameters);
  }

  @Override
  public @Nullable InstrumentationContext<List<ValidationError>> beginValidation(
      InstrumentationValidationParameters parameters, InstrumentationState state) {
    return cost.beginValidation(parameters, state);
  }

  @Override
  public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
      InstrumentationExecuteOperationParameters parameters, InstrumentationState state) {
    depth.beginExecuteOperation(parameters, state);
    return cost.beginExecuteOperation(parameters, state);
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
