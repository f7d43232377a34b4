package dev.germline.core.merkle;

import dev.germline.core.substrate.Digest;
import dev.germline.core.substrate.Entity;
import dev.germline.core.substrate.EntityCodec;
import dev.germline.core.substrate.EntityId;
import dev.germline.core.substrate.EntityKind;
import java.nio.charset.StandardCharsets;

/**
 * What the trees hash. The v1 rules are those of CP-001 section 5 (no domain tags); those of
 * root_v2 are ours: every input starts with a tag that no other input shares, and all fields but
 * the last are of fixed width (docs/cp-001-profile.md).
 */
final class TreeHash {
  /** The root of a v1 tree without leaves. */
  static final Digest EMPTY_V1 = Blake3.hash(ascii("empty"));

  /** root_v2 of a substrate without entities. */
  static final Digest EMPTY_V2 = Blake3.hash(ascii("germline/empty2"));

  private static final byte[] ENTITY_TAG = ascii("germline/entity2");
  private static final byte[] LEAF_TAG = ascii("germline/leaf2");
  private static final byte[] NODE_TAG = ascii("germline/node2");

  private TreeHash() {}

  static Digest leafV1(Entity entity) {
    return Blake3.hash(entity.canonicalBytes());
  }

  /** BLAKE3(tag ‖ kind ‖ CBOR of the entity). */
  static Digest leafV2(EntityKind kind, byte[] cbor) {
    byte[] input = new byte[ENTITY_TAG.length + 1 + cbor.length];
    System.arraycopy(ENTITY_TAG, 0, input, 0, ENTITY_TAG.length);
    input[ENTITY_TAG.length] = (byte) kind.tag();
    System.arraycopy(cbor, 0, input, ENTITY_TAG.length + 1, cbor.length);
    return Blake3.hash(input);
  }

  static Digest leafV2(Entity entity) {
    return leafV2(entity.entityKind(), EntityCodec.encode(entity));
  }

  static Digest nodeV1(Digest left, Digest right) {
    byte[] pair = new byte[2 * Digest.BYTES];
    left.copyTo(pair, 0);
    right.copyTo(pair, Digest.BYTES);
    return Blake3.hash(pair);
  }

  /** BLAKE3(tag ‖ kind ‖ id ‖ leaf hash): a leaf's place is part of its node. */
  static Digest leafNodeV2(int kindTag, EntityId id, Digest leaf) {
    int at = LEAF_TAG.length;
    byte[] input = new byte[at + 1 + EntityId.BYTES + Digest.BYTES];
    System.arraycopy(LEAF_TAG, 0, input, 0, at);
    input[at] = (byte) kindTag;
    id.copyTo(input, at + 1);
    leaf.copyTo(input, at + 1 + EntityId.BYTES);
    return Blake3.hash(input);
  }

  /** BLAKE3(tag ‖ depth ‖ left ‖ right), the depth being the bit that tells left from right. */
  static Digest branchV2(int depth, Digest left, Digest right) {
    int at = NODE_TAG.length;
    byte[] input = new byte[at + 1 + 2 * Digest.BYTES];
    System.arraycopy(NODE_TAG, 0, input, 0, at);
    input[at] = (byte) depth;
    left.copyTo(input, at + 1);
    right.copyTo(input, at + 1 + Digest.BYTES);
    return Blake3.hash(input);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
