package dev.germline.core.substrate;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;

/**
 * Names one entity of the substrate. Ordered by kind and then by key.
 *
 * @param key an {@link EdgeKey} if and only if the kind is EDGE
 */
public record EntityRef(EntityKind kind, Key key) implements Comparable<EntityRef> {
  public EntityRef {
    if ((kind == EntityKind.EDGE) != (key instanceof EdgeKey)) {
      throw new GermlineException(Fault.INVALID_ENTITY, key + " cannot name a " + kind);
    }
  }

  public static EntityRef document(EntityId id) {
    return new EntityRef(EntityKind.DOCUMENT, id);
  }

  public static EntityRef chunk(EntityId id) {
    return new EntityRef(EntityKind.CHUNK, id);
  }

  public static EntityRef embedding(EntityId id) {
    return new EntityRef(EntityKind.EMBEDDING, id);
  }

  public static EntityRef edge(EdgeKey key) {
    return new EntityRef(EntityKind.EDGE, key);
  }

  /**
   * 128 bits that stand for the key in root_v2: the id itself, or BLAKE3-16 of an edge key's bytes.
   */
  public EntityId treeId() {
    return switch (key) {
      case EntityId id -> id;
      case EdgeKey edge -> EntityId.generate(edge.bytes());
    };
  }

  @Override
  public int compareTo(EntityRef other) {
    int order = kind.compareTo(other.kind);
    if (order != 0) {
      return order;
    }
    if (key instanceof EdgeKey edge && other.key instanceof EdgeKey otherEdge) {
      return edge.compareTo(otherEdge);
    }
    return ((EntityId) key).compareTo((EntityId) other.key);
  }

  @Override
  public String toString() {
    return kind + " " + key;
  }
}
