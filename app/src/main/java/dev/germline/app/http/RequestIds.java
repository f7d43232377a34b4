package dev.germline.app.http;

import io.micronaut.context.propagation.slf4j.MdcPropagationContext;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gives every request an id: the caller's {@code X-Request-Id} when it is a plain one, else a new
 * one. It is in every response, every problem and every log line of the request.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class RequestIds {
  static final String HEADER = "X-Request-Id";
  private static final String ATTRIBUTE = "germline.requestId";
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  @RequestFilter
  void begin(HttpRequest<?> request, MutablePropagatedContext context) {
    context.add(new MdcPropagationContext(Map.of("requestId", of(request))));
  }

  @ResponseFilter
  void end(HttpRequest<?> request, MutableHttpResponse<?> response) {
    response.getHeaders().set(HEADER, of(request));
  }

  /** The id of this request; made on first asking. */
  public static String of(HttpRequest<?> request) {
    String known = request.getAttribute(ATTRIBUTE, String.class).orElse(null);
    if (known != null) {
      return known;
    }
    String id = plain(request.getHeaders().get(HEADER));
    request.setAttribute(ATTRIBUTE, id);
    return id;
  }

  private static String plain(@Nullable String given) {
    return given != null && PLAIN.matcher(given).matches() ? given : UUID.randomUUID().toString();
  }
}
