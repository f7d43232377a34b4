package dev.germline.graph.audit;

import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.PriorityQueue;

/** Several ascending iterators as one. */
final class Merged<T> implements Iterator<T> {
  private record Head<T>(T element, Iterator<? extends T> rest) {}

  private final PriorityQueue<Head<T>> heads;

  Merged(Collection<? extends Iterator<? extends T>> sources, Comparator<? super T> order) {
    heads = new PriorityQueue<>(Comparator.comparing(Head::element, order));
    sources.forEach(this::offer);
  }

  @Override
  public boolean hasNext() {
    return !heads.isEmpty();
  }

  @Override
  public T next() {
    Head<T> first = heads.remove();
    offer(first.rest());
    return first.element();
  }

  private void offer(Iterator<? extends T> source) {
    if (source.hasNext()) {
      heads.add(new Head<>(source.next(), source));
    }
  }
}
