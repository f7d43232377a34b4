package dev.germline.app.graphql;

import dev.germline.app.config.RuntimeSettings;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * GraphiQL, with nothing from elsewhere. The page asks for a token and sends it with each request;
 * it shows nothing that the token's owner may not see.
 */
@Controller("/graphiql")
@Secured(SecurityRule.IS_ANONYMOUS)
@Hidden
final class GraphiqlController {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
          + " connect-src 'self'; img-src 'self' data:; font-src 'self' data:;"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  private static final String JARS = "/META-INF/resources/webjars/";
  private static final Map<String, String> FILES =
      Map.of(
          "page.js", "/graphiql/page.js",
          "page.css", "/graphiql/page.css",
          "graphiql.min.js", JARS + "graphiql/2.4.7/graphiql.min.js",
          "graphiql.min.css", JARS + "graphiql/2.4.7/graphiql.min.css",
          "react.js", JARS + "react/18.3.1/umd/react.production.min.js",
          "react-dom.js", JARS + "react-dom/18.3.1/umd/react-dom.production.min.js");

  private final boolean served;

  GraphiqlController(GraphQlSettings settings, RuntimeSettings runtime) {
    this.served = settings.graphiql().map(Boolean::parseBoolean).orElse(runtime.dev());
  }

  /** The page. */
  @Get
  HttpResponse<byte[]> page() {
    return file("/graphiql/index.html", "text/html; charset=utf-8");
  }

  /** What the page is made of. */
  @Get("/{name}")
  HttpResponse<byte[]> part(String name) {
    String resource = FILES.get(name);
    if (resource == null) {
      throw nothing();
    }
    return file(
        resource,
        name.endsWith(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8");
  }

  private HttpResponse<byte[]> file(String resource, String type) {
    if (!served) {
      throw nothing();
    }
    try (InputStream in = GraphiqlController.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("there is no " + resource);
      }
      return HttpResponse.ok(in.readAllBytes())
          .header(HttpHeaders.CONTENT_TYPE, type)
          .header(HttpHeaders.CACHE_CONTROL, "no-cache")
          .header("Content-Security-Policy", POLICY)
          .header("X-Content-Type-Options", "nosniff")
          .header("Referrer-Policy", "no-referrer");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static GermlineException nothing() {
    return new GermlineException(
        Fault.NOT_FOUND, "GraphiQL has no such page, or is off (GERMLINE_GRAPHIQL=true)");
  }
}
