package dev.germline.core.compatibility.resolve;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A set of what may become of one family: value 0 is "not in the combination", value i + 1 its i-th
 * newest version. A statement about versions and its opposite are then two sets and their
 * complements, and no rule needs a case for "not". Immutable; sets of one family have one size.
 */
final class Values {
  private final long[] words;
  private final int size;

  private Values(long[] words, int size) {
    this.words = words;
    this.size = size;
  }

  /** Every value. */
  static Values all(int size) {
    return none(size).complement();
  }

  static Values none(int size) {
    return new Values(new long[(size + 63) >>> 6], size);
  }

  static Values of(BitSet values, int size) {
    return new Values(Arrays.copyOf(values.toLongArray(), (size + 63) >>> 6), size);
  }

  static Values only(int value, int size) {
    Values one = none(size);
    one.words[value >>> 6] = 1L << value;
    return one;
  }

  Values complement() {
    long[] other = new long[words.length];
    for (int i = 0; i < words.length; i++) {
      other[i] = ~words[i];
    }
    if ((size & 63) != 0) {
      other[words.length - 1] &= (1L << size) - 1;
    }
    return new Values(other, size);
  }

  Values and(Values that) {
    long[] both = new long[words.length];
    for (int i = 0; i < words.length; i++) {
      both[i] = words[i] & that.words[i];
    }
    return new Values(both, size);
  }

  Values or(Values that) {
    long[] either = new long[words.length];
    for (int i = 0; i < words.length; i++) {
      either[i] = words[i] | that.words[i];
    }
    return new Values(either, size);
  }

  boolean within(Values that) {
    for (int i = 0; i < words.length; i++) {
      if ((words[i] & ~that.words[i]) != 0) {
        return false;
      }
    }
    return true;
  }

  boolean disjoint(Values that) {
    for (int i = 0; i < words.length; i++) {
      if ((words[i] & that.words[i]) != 0) {
        return false;
      }
    }
    return true;
  }

  boolean has(int value) {
    return (words[value >>> 6] & 1L << value) != 0;
  }

  boolean isEmpty() {
    return count() == 0;
  }

  boolean isAll() {
    return count() == size;
  }

  int count() {
    int count = 0;
    for (long word : words) {
      count += Long.bitCount(word);
    }
    return count;
  }

  /** The newest version; there must be one. */
  int newest() {
    return bits().nextSetBit(1);
  }

  BitSet bits() {
    return BitSet.valueOf(words);
  }

  /** Positions of versions, newest first, without "not in the combination". */
  BitSet versions() {
    BitSet bits = bits();
    return bits.get(1, Math.max(1, bits.length()));
  }
}
