package dev.germline.core.merkle;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.EntityKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One of the four v1 trees of CP-001 section 5: leaves in ascending order of unique keys, pairs
 * hashed level by level, an odd last node paired with itself. An immutable snapshot, safe to share
 * between threads; {@link #apply} makes the next one and hashes only what changed or moved: a
 * complete subtree whose leaves all moved by a multiple of its width is copied.
 *
 * @param <K> the key, ordered as its unsigned bytes
 */
public final class MerkleTree<K extends Comparable<? super K>> {
  /** The most leaves, by the size of a Java array. */
  public static final int MAX_LEAVES = (Integer.MAX_VALUE - 8) / Digest.BYTES;

  private final EntityKind kind;
  private final SortedKeys<K> keys;
  private final byte[][] levels;

  private MerkleTree(EntityKind kind, SortedKeys<K> keys, byte[][] levels) {
    this.kind = kind;
    this.keys = keys;
    this.levels = levels;
  }

  /** A tree without leaves. */
  public static <K extends Comparable<? super K>> MerkleTree<K> empty(EntityKind kind) {
    return new MerkleTree<K>(kind, new SortedKeys<K>(new Object[0]), new byte[][] {new byte[0]});
  }

  public int count() {
    return keys.size();
  }

  /** The root and the number of leaves under it. */
  public TreeRoot root() {
    Digest hash = count() == 0 ? TreeHash.EMPTY_V1 : Digest.of(levels[levels.length - 1], 0);
    return new TreeRoot(hash, count());
  }

  public boolean contains(K key) {
    return indexOf(key) >= 0;
  }

  /** A proof that the key's leaf is in this tree, or empty if it is not. */
  public Optional<InclusionProof> prove(K key) {
    int index = indexOf(key);
    if (index < 0) {
      return Optional.empty();
    }
    List<Digest> path = new ArrayList<>(levels.length - 1);
    int at = index;
    for (int level = 0; level < levels.length - 1; level++) {
      int width = levels[level].length / Digest.BYTES;
      int sibling = Math.min(at ^ 1, width - 1);
      path.add(Digest.of(levels[level], sibling * Digest.BYTES));
      at /= 2;
    }
    return Optional.of(new InclusionProof(kind, index, count(), path));
  }

  private int indexOf(K key) {
    int low = 0;
    int high = keys.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = keys.get(middle).compareTo(key);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1 - low;
  }

  /**
   * The tree after some changes.
   *
   * @param upserts leaf hashes by key; an existing key's leaf is replaced
   * @param removals keys to take out, disjoint from {@code upserts}; absent ones change nothing
   */
  public MerkleTree<K> apply(SortedMap<K, Digest> upserts, SortedSet<K> removals) {
    if (upserts.isEmpty() && removals.isEmpty()) {
      return this;
    }
    if (keys.size() + (long) upserts.size() > MAX_LEAVES) {
      throw new GermlineException(
          Fault.LIMIT_EXCEEDED, "a tree has at most " + MAX_LEAVES + " leaves");
    }
    TreeSet<K> touched = new TreeSet<>(upserts.keySet());
    touched.addAll(removals);
    Object[] newKeys = new Object[keys.size() + upserts.size()];
    byte[] leaves = new byte[newKeys.length * Digest.BYTES];
    List<Run> runs = new ArrayList<>();
    int from = 0;
    int to = 0;
    for (K key : touched) {
      int found = indexOf(key);
      int until = found >= 0 ? found : -1 - found;
      to = copy(from, until, to, newKeys, leaves, runs);
      Digest leaf = upserts.get(key);
      if (leaf != null) {
        newKeys[to] = key;
        leaf.copyTo(leaves, to * Digest.BYTES);
        to++;
      }
      from = found >= 0 ? until + 1 : until;
    }
    to = copy(from, keys.size(), to, newKeys, leaves, runs);
    return build(trim(newKeys, to), trim(leaves, to), runs);
  }

  private int copy(int from, int until, int to, Object[] keysOut, byte[] leaves, List<Run> runs) {
    int length = until - from;
    if (length > 0) {
      keys.copy(from, keysOut, to, length);
      System.arraycopy(
          levels[0], from * Digest.BYTES, leaves, to * Digest.BYTES, length * Digest.BYTES);
      runs.add(new Run(from, to, length));
    }
    return to + length;
  }

  /**
   * A tree from leaves that are sorted already, hashed on all cores.
   *
   * @param leaves one hash after the other, in the order of their keys; kept, not copied
   * @throws IllegalArgumentException if keys are out of order or repeated, or not one per leaf
   */
  public static <K extends Comparable<? super K>> MerkleTree<K> ofSorted(
      EntityKind kind, List<K> sorted, byte[] leaves) {
    if (leaves.length != (long) sorted.size() * Digest.BYTES) {
      throw new IllegalArgumentException(
          sorted.size() + " keys for " + leaves.length + " bytes of leaves");
    }
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i - 1).compareTo(sorted.get(i)) >= 0) {
        throw new IllegalArgumentException("keys out of order at " + sorted.get(i));
      }
    }
    return MerkleTree.<K>empty(kind).build(sorted.toArray(), leaves, List.of());
  }

  private MerkleTree<K> build(Object[] newKeys, byte[] leaves, List<Run> unchanged) {
    List<byte[]> built = new ArrayList<>();
    built.add(leaves);
    List<Run> runs = unchanged;
    byte[] below = leaves;
    for (int width = newKeys.length; width > 1; width = below.length / Digest.BYTES) {
      int level = built.size();
      byte[] old = level < levels.length ? levels[level] : new byte[0];
      List<Run> complete = new ArrayList<>();
      for (Run run : runs) {
        Run halved = run.halved();
        if (halved.length() > 0) {
          complete.add(halved);
        }
      }
      runs = complete;
      below = LevelHash.next(below, old, runs);
      built.add(below);
    }
    return new MerkleTree<K>(kind, new SortedKeys<K>(newKeys), built.toArray(new byte[0][]));
  }

  private static Object[] trim(Object[] array, int length) {
    return array.length == length ? array : Arrays.copyOf(array, length);
  }

  private static byte[] trim(byte[] array, int hashes) {
    int length = hashes * Digest.BYTES;
    return array.length == length ? array : Arrays.copyOf(array, length);
  }

  /**
   * Nodes of one level that stand in the old and in the new tree over the same leaves.
   *
   * @param from where they start in the old level
   * @param to where they start in the new level
   */
  record Run(int from, int to, int length) {
    /** The nodes of the next level both of whose children are in this run. */
    Run halved() {
      if ((from - to) % 2 != 0) {
        return new Run(0, 0, 0); // they pair up differently now
      }
      int first = (to + 1) / 2;
      int end = (to + length) / 2;
      return new Run(first + (from - to) / 2, first, end - first);
    }
  }
}
