package dev.germline.core.substrate;

import java.util.Arrays;

/**
 * What identifies an edge (CP-001 section 5). Ordered as the unsigned bytes of {@link #bytes()},
 * which is the order of leaves in the edge tree (addendum 1).
 */
public record EdgeKey(EntityId source, EntityId target, EdgeKind kind)
    implements Key, Comparable<EdgeKey> {

  /** source ‖ target ‖ kind byte ‖ UTF-8 of the kind's name if it is custom. */
  @Override
  public byte[] bytes() {
    byte[] name = nameBytes();
    byte[] out = new byte[2 * EntityId.BYTES + 1 + name.length];
    source.copyTo(out, 0);
    target.copyTo(out, EntityId.BYTES);
    out[2 * EntityId.BYTES] = (byte) kind.code();
    System.arraycopy(name, 0, out, 2 * EntityId.BYTES + 1, name.length);
    return out;
  }

  private byte[] nameBytes() {
    return kind instanceof EdgeKind.Custom custom ? Text.utf8(custom.name()) : new byte[0];
  }

  @Override
  public int compareTo(EdgeKey other) {
    int order = source.compareTo(other.source);
    if (order == 0) {
      order = target.compareTo(other.target);
    }
    if (order == 0) {
      order = Integer.compare(kind.code(), other.kind.code());
    }
    return order != 0 ? order : Arrays.compareUnsigned(nameBytes(), other.nameBytes());
  }
}
