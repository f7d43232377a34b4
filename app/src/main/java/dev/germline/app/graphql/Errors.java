package dev.germline.app.graphql;

import dev.germline.app.http.Problems;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import graphql.ErrorType;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.DataFetcherExceptionHandlerParameters;
import graphql.execution.DataFetcherExceptionHandlerResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place that words an error of GraphQL: each has {@code extensions.code}, the name of a
 * {@link Fault}, and {@code extensions.requestId}, as problems have over REST. A defect is logged
 * here, once, and tells the client nothing of the inside.
 */
final class Errors implements DataFetcherExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Errors.class);
  private static final String CODE = "code";

  @Override
  public CompletableFuture<DataFetcherExceptionHandlerResult> handleException(
      DataFetcherExceptionHandlerParameters parameters) {
    Asking asking = Asking.of(parameters.getDataFetchingEnvironment());
    Told told = told(parameters.getException(), asking);
    GraphQLError error =
        GraphqlErrorBuilder.newError(parameters.getDataFetchingEnvironment())
            .message("%s", told.message())
            .extensions(Map.of(CODE, told.fault().name()))
            .build();
    return CompletableFuture.completedFuture(
        DataFetcherExceptionHandlerResult.newResult(error).build());
  }

  /** What a client is told of a failure. */
  private record Told(Fault fault, String message) {}

  private static Told told(Throwable failure, Asking asking) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof GermlineException known && known.fault() != Fault.INTERNAL) {
      return new Told(known.fault(), known.detail());
    }
    LOG.error("GraphQL request {} failed", asking.requestId(), cause);
    return new Told(Fault.INTERNAL, Problems.OURS);
  }

  /** An answer that is an error and nothing else. */
  static Map<String, Object> answer(Throwable failure, Asking asking) {
    Told told = told(failure, asking);
    return Map.of(
        "errors",
        List.of(
            Map.of(
                "message",
                told.message(),
                "extensions",
                Map.of(CODE, told.fault().name(), "requestId", asking.requestId()))));
  }

  /** A refusal of a query that asks for more than it may. */
  static GraphQLError tooMuch(String message) {
    return GraphqlErrorBuilder.newError()
        .errorType(ErrorType.ExecutionAborted)
        .message("%s", message + "; ask for less, or in several queries")
        .extensions(Map.of(CODE, Fault.LIMIT_EXCEEDED.name()))
        .build();
  }

  /** The answer as the GraphQL specification has it, with codes and the request's id. */
  static Map<String, Object> specification(ExecutionResult result, Asking asking) {
    Map<String, Object> answer = new LinkedHashMap<>(result.toSpecification());
    if (!result.getErrors().isEmpty()) {
      answer.put("errors", result.getErrors().stream().map(e -> specified(e, asking)).toList());
    }
    return answer;
  }

  private static Map<String, Object> specified(GraphQLError error, Asking asking) {
    Map<String, Object> specified = new LinkedHashMap<>(error.toSpecification());
    Map<String, Object> extensions = new LinkedHashMap<>();
    Map<String, Object> own = error.getExtensions();
    extensions.put(CODE, own == null || own.get(CODE) == null ? code(error) : own.get(CODE));
    extensions.put("requestId", asking.requestId());
    specified.put("extensions", extensions);
    return specified;
  }

  /** For errors of the library. */
  private static String code(GraphQLError error) {
    Fault fault =
        error.getErrorType() instanceof ErrorType type
            ? switch (type) {
              case InvalidSyntax, ValidationError, OperationNotSupported -> Fault.INVALID_REQUEST;
              case ExecutionAborted -> Fault.LIMIT_EXCEEDED;
              case DataFetchingException, NullValueInNonNullableField -> Fault.INTERNAL;
            }
            : Fault.INTERNAL;
    return fault.name();
  }
}
