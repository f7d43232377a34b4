package dev.germline.graph.audit;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** An iterator that fetches one page after the other. */
abstract class Paged<T> implements Iterator<T> {
  private Iterator<T> page = Collections.emptyIterator();
  private boolean ended;

  /** The next elements, which may be none; empty at the end. */
  abstract Optional<List<T>> nextPage();

  @Override
  public boolean hasNext() {
    while (!page.hasNext() && !ended) {
      Optional<List<T>> next = nextPage();
      next.ifPresent(elements -> page = elements.iterator());
      ended = next.isEmpty();
    }
    return page.hasNext();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.next();
  }
}
