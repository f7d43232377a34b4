package dev.germline.graph.audit;

import java.util.Iterator;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Walks two ascending sequences at once, what is expected and what is there, holding one element of
 * each.
 *
 * @param <K> the key both ascend by
 * @param <E> what is expected
 * @param <F> what is found
 */
final class Comparison<K extends Comparable<K>, E, F> {
  /** An element of the graph. */
  record Found<K, F>(K key, F element) {}

  /** Where differences go. */
  interface Report<K, E, F> {
    void missing(K key, E expected);

    void unexpected(K key, F found);

    void different(K key, E expected, F found, String what);
  }

  private final Iterator<Found<K, F>> graph;
  private final BiFunction<E, F, String> differences;
  private final Report<K, E, F> report;
  private @Nullable Found<K, F> head;
  private long seen;

  /**
   * @param differences what is different, in words; empty if nothing is
   */
  Comparison(
      Iterator<Found<K, F>> graph, BiFunction<E, F, String> differences, Report<K, E, F> report) {
    this.graph = graph;
    this.differences = differences;
    this.report = report;
    advance();
  }

  /** Says what comes next; in ascending order of keys, each once. */
  void expect(K key, E expected) {
    Found<K, F> found = head;
    while (found != null && found.key().compareTo(key) < 0) {
      report.unexpected(found.key(), found.element());
      advance();
      found = head;
    }
    if (found == null || found.key().compareTo(key) > 0) {
      report.missing(key, expected);
      return;
    }
    String what = differences.apply(expected, found.element());
    if (!what.isEmpty()) {
      report.different(key, expected, found.element(), what);
    }
    advance();
  }

  /** Says that nothing more is expected. */
  void finish() {
    for (Found<K, F> found = head; found != null; found = head) {
      report.unexpected(found.key(), found.element());
      advance();
    }
  }

  /** Elements of the graph so far. */
  long seen() {
    return seen;
  }

  private void advance() {
    head = graph.hasNext() ? graph.next() : null;
    if (head != null) {
      seen++;
    }
  }
}
