package dev.germline.app.graphql;

import dev.germline.app.identity.Caller;
import graphql.schema.DataFetchingEnvironment;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One request under way.
 *
 * @param requestId what to quote when asking for help
 * @param writing set when it changes something, and so must not be given up half way
 */
record Asking(Caller caller, String requestId, AtomicBoolean writing) {
  Asking(Caller caller, String requestId) {
    this(caller, requestId, new AtomicBoolean());
  }

  /** The request that a field is fetched for. */
  static Asking of(DataFetchingEnvironment field) {
    Asking asking = field.getGraphQlContext().get(Asking.class);
    return Objects.requireNonNull(asking);
  }

  static Caller caller(DataFetchingEnvironment field) {
    return of(field).caller();
  }
}
