package dev.germline.app.graphql;

import dev.germline.app.http.RequestIds;
import dev.germline.app.identity.Caller;
import dev.germline.app.identity.Role;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.sse.Event;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.reactivestreams.Publisher;

/** The registry over GraphQL. */
@Controller("/api/v1/graphql")
@Secured(Role.ANY)
@Tag(name = "graphql")
final class GraphQlController {
  private final GraphQlEngine engine;
  private final Streams streams;

  GraphQlController(GraphQlEngine engine, Streams streams) {
    this.engine = engine;
    this.streams = streams;
  }

  /**
   * Answers a query or a mutation. 200 with {@code data}, {@code errors} or both; each error has
   * {@code extensions.code}, as problems have.
   */
  @Post
  @Produces(MediaType.APPLICATION_JSON)
  @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(type = "object")))
  byte[] ask(Caller caller, HttpRequest<?> http, @Body GraphQlRequest request) {
    return engine.answer(new Asking(caller, RequestIds.of(http)), request);
  }

  /**
   * Answers a subscription with server-sent events, as the graphql-sse protocol has them: {@code
   * next} with each answer, {@code complete} at the end, and comments as signs of life between.
   */
  @Post(uri = "/stream", produces = MediaType.TEXT_EVENT_STREAM)
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(mediaType = MediaType.TEXT_EVENT_STREAM, schema = @Schema(type = "string")))
  Publisher<Event<String>> stream(
      Caller caller, HttpRequest<?> http, @Body GraphQlRequest request) {
    Asking asking = new Asking(caller, RequestIds.of(http));
    return streams.open(caller, () -> engine.answers(asking, request));
  }
}
