package dev.germline.app.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** Everything thrown that the framework has no word for; exceptions of ours above all. */
@Singleton
final class Failures implements ExceptionHandler<Throwable, HttpResponse<?>> {
  private final Problems problems;

  Failures(Problems problems) {
    this.problems = problems;
  }

  @Override
  @SuppressWarnings("rawtypes") // as the interface declares it
  public HttpResponse<?> handle(HttpRequest request, Throwable failure) {
    return problems.of(request, failure);
  }
}
