package dev.germline.app.blobs;

import dev.germline.app.http.Problems;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** A problem like others, with the header that resuming clients read. */
@Singleton
final class OffsetMismatches implements ExceptionHandler<OffsetMismatch, HttpResponse<?>> {
  private final Problems problems;

  OffsetMismatches(Problems problems) {
    this.problems = problems;
  }

  @Override
  @SuppressWarnings("rawtypes") // as the interface declares it
  public HttpResponse<?> handle(HttpRequest request, OffsetMismatch mismatch) {
    return problems
        .of(request, mismatch.problem())
        .header(BlobController.UPLOAD_OFFSET, Long.toString(mismatch.offset()));
  }
}
