package dev.germline.app.http;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.Error;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place that words an error: everything that goes wrong, ours or the framework's, leaves as
 * a {@link Problem}. A 5xx is logged here, once, with its request id, and tells the client nothing
 * of the inside.
 */
@Singleton
public final class Problems implements ErrorResponseProcessor<Problem> {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  /** What a client is told of a defect. */
  public static final String OURS =
      "Something failed on our side; quote the request id when asking for help";

  // As in application.yml.
  private static final int MAX_HEADERS_KIB = 16;
  private static final int MAX_BODY_MIB = 8;

  /** The answer to a request that failed with any exception. */
  public MutableHttpResponse<?> of(HttpRequest<?> request, Throwable failure) {
    if (failure instanceof GermlineException known && known.fault() != Fault.INTERNAL) {
      HttpStatus status = FaultStatus.of(known.fault());
      if (status.getCode() >= 500) {
        LOG.warn("{} {}: {}", request.getMethod(), request.getPath(), known.getMessage());
      }
      return fill(request, HttpResponse.status(status), known.fault(), known.detail());
    }
    LOG.error("{} {} failed", request.getMethod(), request.getPath(), failure);
    return fill(
        request, HttpResponse.status(HttpStatus.INTERNAL_SERVER_ERROR), Fault.INTERNAL, OURS);
  }

  /**
   * The framework's own errors: no such route, wrong method, body that cannot be read, and so on.
   */
  @Override
  public MutableHttpResponse<Problem> processResponse(
      ErrorContext context, MutableHttpResponse<?> base) {
    int status = base.code();
    Throwable cause = context.getRootCause().orElse(null);
    if (cause != null && status >= 500) {
      LOG.error(
          "{} {} failed", context.getRequest().getMethod(), context.getRequest().getPath(), cause);
      return fill(context.getRequest(), base, Fault.INTERNAL, OURS);
    }
    Optional<String> json = JsonComplaint.of(cause);
    return fill(
        context.getRequest(),
        base,
        json.isPresent() ? Fault.MALFORMED_JSON : FaultStatus.of(status),
        json.orElseGet(() -> detail(context, status)));
  }

  private static String detail(ErrorContext context, int status) {
    String path = context.getRequest().getPath();
    String said =
        context.getErrors().stream().map(Problems::said).collect(Collectors.joining("; "));
    return switch (status) {
      case 401 -> "Send a token: Authorization: Bearer …; an expired or altered one does not count";
      case 403 -> "The token's role does not allow this";
      case 404 -> "There is nothing at " + path;
      case 413 ->
          "More than is read at once: %d KiB of headers, %d MiB of a body that is not a file"
              .formatted(MAX_HEADERS_KIB, MAX_BODY_MIB);
      default -> said.isEmpty() ? HttpStatus.getDefaultReason(status) : said;
    };
  }

  /** The framework's words, without what it says of its own parameters and settings. */
  private static String said(Error error) {
    return error.getMessage().lines().findFirst().orElse("");
  }

  @SuppressWarnings("unchecked") // the response's body type is what we make it here
  private static MutableHttpResponse<Problem> fill(
      HttpRequest<?> request, MutableHttpResponse<?> base, Fault fault, String detail) {
    MutableHttpResponse<Problem> response = (MutableHttpResponse<Problem>) base;
    String requestId = RequestIds.of(request);
    response.getHeaders().set(RequestIds.HEADER, requestId);
    int status = response.code();
    if (status == 503) {
      response.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
    }
    if (status == 401) {
      response.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"germline\"");
    }
    if (request.getMethod() == HttpMethod.HEAD) {
      return response;
    }
    return response
        .contentType(MediaType.of("application/problem+json"))
        .body(
            new Problem(
                "urn:germline:fault:" + fault.name(),
                HttpStatus.getDefaultReason(status),
                status,
                detail,
                request.getPath(),
                fault.name(),
                requestId));
  }
}
