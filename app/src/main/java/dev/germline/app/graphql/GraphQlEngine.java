package dev.germline.app.graphql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.execution.SubscriptionExecutionStrategy;
import graphql.parser.ParserOptions;
import graphql.schema.GraphQLSchema;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.dataloader.DataLoaderRegistry;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.MDC;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Answers GraphQL requests, each within its limits. Thread-safe. */
public final class GraphQlEngine {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final GraphQL graphQl;
  private final List<Fields> features;
  private final ParserOptions parser;
  private final Duration timeout;

  /** An engine for the schema that all features together make. */
  GraphQlEngine(List<Fields> features, GraphQlSettings settings) {
    this.features = List.copyOf(features);
    this.timeout = settings.timeout();
    this.parser =
        ParserOptions.newParserOptions()
            .maxCharacters(settings.maxCharacters())
            .maxTokens(settings.maxTokens())
            .maxWhitespaceTokens(settings.maxCharacters())
            .maxRuleDepth(200)
            .build();
    GraphQLSchema schema = SchemaFiles.schema(this.features);
    Errors errors = new Errors();
    this.graphQl =
        GraphQL.newGraphQL(schema)
            .defaultDataFetcherExceptionHandler(errors)
            .subscriptionExecutionStrategy(new SubscriptionExecutionStrategy(errors))
            .preparsedDocumentProvider(new ParsedQueries(settings.maxCost(), parser))
            .instrumentation(new Limits(settings))
            .build();
  }

  /** The answer to a query or a mutation, as JSON. */
  byte[] answer(Asking asking, GraphQlRequest request) {
    Map<String, Object> answer;
    try {
      ExecutionResult result = execute(asking, input(asking, request, true));
      answer =
          result.getData() instanceof Publisher<?>
              ? Errors.answer(
                  new GermlineException(
                      Fault.INVALID_REQUEST, "subscriptions go to /api/v1/graphql/stream"),
                  asking)
              : Errors.specification(result, asking);
    } catch (GermlineException refused) {
      answer = Errors.answer(refused, asking);
    }
    return json(answer);
  }

  /** The answers to a subscription, as they come; to anything else, the one answer. */
  Flux<String> answers(Asking asking, GraphQlRequest request) {
    try {
      // Loaders that remember would show a later event what an earlier one saw.
      ExecutionResult result = execute(asking, input(asking, request, false));
      Object data = result.getData();
      if (!(data instanceof Publisher<?> events)) {
        return Flux.just(text(Errors.specification(result, asking)));
      }
      return Flux.from(events)
          .map(event -> text(Errors.specification((ExecutionResult) event, asking)))
          .onErrorResume(failure -> Mono.just(text(Errors.answer(failure, asking))));
    } catch (GermlineException refused) {
      return Flux.just(text(Errors.answer(refused, asking)));
    }
  }

  private ExecutionInput input(Asking asking, GraphQlRequest request, boolean remember) {
    String query = request.query();
    if (query == null || query.isBlank()) {
      throw new GermlineException(Fault.INVALID_REQUEST, "query is missing; give a document");
    }
    DataLoaderRegistry loaders = new DataLoaderRegistry();
    features.forEach(feature -> feature.load(asking.caller(), loaders, Batching.options(remember)));
    return ExecutionInput.newExecutionInput(query)
        .operationName(request.operationName())
        .variables(Objects.requireNonNullElse(request.variables(), Map.of()))
        .dataLoaderRegistry(loaders)
        .graphQLContext(
            Map.of(
                Asking.class,
                asking,
                ParserOptions.class,
                parser,
                SubscriptionExecutionStrategy.KEEP_SUBSCRIPTION_EVENTS_ORDERED,
                true))
        .build();
  }

  /** On a thread of its own, which can be given up. */
  private ExecutionResult execute(Asking asking, ExecutionInput input) {
    Map<String, String> log = MDC.getCopyOfContextMap();
    FutureTask<ExecutionResult> call =
        new FutureTask<>(() -> {
          if (log != null) {
            MDC.setContextMap(log);
          }
          return graphQl.execute(input);
        });
    Thread.ofVirtual().name("graphql").start(call);
    try {
      return await(asking, call);
    } catch (ExecutionException failed) {
      throw new GermlineException(Fault.INTERNAL, "a GraphQL request failed", failed.getCause());
    } catch (TimeoutException late) {
      input.cancel();
      call.cancel(true);
      throw new GermlineException(
          Fault.LIMIT_EXCEEDED,
          "the query took longer than %s; ask for less, or in several queries".formatted(timeout),
          late);
    } catch (InterruptedException stopped) {
      input.cancel();
      call.cancel(true);
      Thread.currentThread().interrupt();
      throw new GermlineException(Fault.OVERLOADED, "the server is stopping", stopped);
    }
  }

  private ExecutionResult await(Asking asking, FutureTask<ExecutionResult> call)
      throws ExecutionException, InterruptedException, TimeoutException {
    try {
      return call.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      if (asking.writing().get()) {
        return call.get(); // what it waits for is bounded by the services
      }
      throw late;
    }
  }

  private static String text(@Nullable Object answer) {
    try {
      return JSON.writeValueAsString(answer);
    } catch (JsonProcessingException defect) {
      throw new GermlineException(Fault.INTERNAL, "an answer is not JSON", defect);
    }
  }

  private static byte[] json(@Nullable Object answer) {
    try {
      return JSON.writeValueAsBytes(answer);
    } catch (JsonProcessingException defect) {
      throw new GermlineException(Fault.INTERNAL, "an answer is not JSON", defect);
    }
  }
}
