package dev.germline.core.merkle;

import dev.germline.core.substrate.EntityId;
import dev.germline.core.substrate.EntityKind;
import dev.germline.core.substrate.EntityRef;

/**
 * Where an entity stands in the sparse tree: 136 bits, the kind's tag and then the 128-bit id (for
 * edges BLAKE3-16 of the key). So a subtree is a range of ids of one kind, as rows are stored.
 *
 * @param kindTag 1 to 4, see {@link EntityKind#tag}
 */
record SparseKey(int kindTag, EntityId id) implements Comparable<SparseKey> {
  /** Bits of a key. */
  static final int BITS = 8 + 128;

  static SparseKey of(EntityRef ref) {
    return new SparseKey(ref.kind().tag(), ref.treeId());
  }

  /** Whether the bit is set; bit 0 is the highest of the kind. */
  boolean bit(int index) {
    if (index < 8) {
      return (kindTag >>> (7 - index) & 1) != 0;
    }
    long word = index < 72 ? id.hi() : id.lo();
    return (word >>> (63 - (index - 8) % 64) & 1) != 0;
  }

  /** The first bit in which two keys differ, or {@link #BITS} if they are equal. */
  int firstDifference(SparseKey other) {
    if (kindTag != other.kindTag) {
      return Integer.numberOfLeadingZeros(kindTag ^ other.kindTag) - 24;
    }
    if (id.hi() != other.id.hi()) {
      return 8 + Long.numberOfLeadingZeros(id.hi() ^ other.id.hi());
    }
    return 72 + Long.numberOfLeadingZeros(id.lo() ^ other.id.lo());
  }

  @Override
  public int compareTo(SparseKey other) {
    int order = Integer.compare(kindTag, other.kindTag);
    return order != 0 ? order : id.compareTo(other.id);
  }
}
