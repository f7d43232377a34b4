package dev.germline.app.ledger;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/**
 * Read your own writes across the two stores: a write answers with the ledger sequence that carries
 * it, and a read that brings the sequence along waits until the graph shows it.
 */
@ServerFilter("/api/v1/**")
public final class LedgerHeaders {
  /** On a write's answer: the sequence it got. On a read: the sequence it must see. */
  public static final String SEQUENCE = "Ledger-Sequence";

  /** On a write's answer: whether the graph shows it already. */
  public static final String PROJECTED = "Ledger-Projected";

  private final LedgerReader ledger;

  LedgerHeaders(LedgerReader ledger) {
    this.ledger = ledger;
  }

  /** Puts the sequence on a write's answer, after a bounded wait for the graph. */
  public <T> MutableHttpResponse<T> written(MutableHttpResponse<T> response, long sequence) {
    boolean projected = ledger.awaitVisible(sequence);
    return response
        .header(SEQUENCE, Long.toString(sequence))
        .header(PROJECTED, Boolean.toString(projected));
  }

  /** Makes a read wait for the sequence it names. */
  @RequestFilter
  @ExecuteOn(TaskExecutors.BLOCKING)
  void await(HttpRequest<?> request) {
    String value = request.getHeaders().get(SEQUENCE);
    if (value == null) {
      return;
    }
    long sequence = parse(value);
    if (!ledger.awaitVisible(sequence)) {
      throw new GermlineException(
          Fault.PROJECTION_BEHIND,
          "the graph has reached sequence %d and not %d yet; repeat the request"
              .formatted(ledger.projectedSequence(), sequence));
    }
  }

  private static long parse(String value) {
    try {
      return Long.parseUnsignedLong(value.strip());
    } catch (NumberFormatException notOne) {
      throw new GermlineException(
          Fault.INVALID_REQUEST,
          "the header %s is a ledger sequence, a whole number, and not '%s'"
              .formatted(SEQUENCE, value.length() > 40 ? value.substring(0, 40) + "…" : value));
    }
  }
}
