package dev.germline.core.merkle;

import dev.germline.core.substrate.Entity;
import dev.germline.core.substrate.EntityCodec;
import dev.germline.core.substrate.EntityRef;

/**
 * An entity with what the ledger stores of it, computed once: its encoding and its leaves.
 * Immutable.
 */
public final class EntityLeaf {
  private final Entity entity;
  private final byte[] cbor;
  private final TreeRow row;

  private EntityLeaf(Entity entity) {
    this.entity = entity;
    this.cbor = EntityCodec.encode(entity);
    this.row =
        new TreeRow(
            entity.ref(), TreeHash.leafV1(entity), TreeHash.leafV2(entity.entityKind(), cbor));
  }

  public static EntityLeaf of(Entity entity) {
    return new EntityLeaf(entity);
  }

  public Entity entity() {
    return entity;
  }

  public EntityRef ref() {
    return row.ref();
  }

  /** A copy of the entity's encoding (see {@link EntityCodec}). */
  public byte[] cbor() {
    return cbor.clone();
  }

  /** The row from which the trees are rebuilt. */
  public TreeRow row() {
    return row;
  }
}
