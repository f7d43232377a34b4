package dev.germline.core.substrate;

import org.jspecify.annotations.Nullable;

/**
 * A relation between two entities (CP-001 section 5). There is at most one of a kind between two.
 *
 * @param weight finite, or absent; -0 is turned into +0
 * @param unknown fields of later versions
 */
public record Edge(
    EntityId source, EntityId target, EdgeKind kind, @Nullable Float weight, UnknownFields unknown)
    implements Entity {

  public Edge {
    if (weight != null) {
      Require.that(Float.isFinite(weight), "a weight is a finite number, not " + weight);
      weight = weight + 0.0f; // -0 + 0 = +0, so one value has one encoding
    }
  }

  /** An edge without a weight. */
  public static Edge of(EntityId source, EntityId target, EdgeKind kind) {
    return new Edge(source, target, kind, null, UnknownFields.NONE);
  }

  /** An edge with a weight. */
  public static Edge of(EntityId source, EntityId target, EdgeKind kind, float weight) {
    return new Edge(source, target, kind, weight, UnknownFields.NONE);
  }

  /** What identifies it. */
  public EdgeKey key() {
    return new EdgeKey(source, target, kind);
  }

  @Override
  public EntityRef ref() {
    return EntityRef.edge(key());
  }

  @Override
  public EntityKind entityKind() {
    return EntityKind.EDGE;
  }

  /** source ‖ target ‖ kind byte ‖ weight as binary32 little-endian, or nothing if absent. */
  @Override
  public byte[] canonicalBytes() {
    Float w = weight;
    byte[] out = new byte[2 * EntityId.BYTES + 1 + (w == null ? 0 : 4)];
    source.copyTo(out, 0);
    target.copyTo(out, EntityId.BYTES);
    out[2 * EntityId.BYTES] = (byte) kind.code();
    if (w != null) {
      LittleEndian.putInt(out, 2 * EntityId.BYTES + 1, Float.floatToIntBits(w));
    }
    return out;
  }
}
