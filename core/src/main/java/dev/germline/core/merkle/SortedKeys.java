package dev.germline.core.merkle;

import java.util.AbstractList;
import java.util.RandomAccess;

/** An array of keys as a list that is never written to. */
final class SortedKeys<K> extends AbstractList<K> implements RandomAccess {
  private final Object[] keys;

  /** Takes the array over. */
  SortedKeys(Object[] keys) {
    this.keys = keys;
  }

  @Override
  @SuppressWarnings("unchecked") // only keys of type K are ever stored
  public K get(int index) {
    return (K) keys[index];
  }

  @Override
  public int size() {
    return keys.length;
  }

  void copy(int from, Object[] target, int to, int length) {
    System.arraycopy(keys, from, target, to, length);
  }
}
