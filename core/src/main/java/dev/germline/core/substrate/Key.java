package dev.germline.core.substrate;

/** What an entity is known by among those of its kind: an id, or for edges the triple. */
public sealed interface Key permits EntityId, EdgeKey {
  /** The bytes by which keys of one kind are ordered (unsigned) and hashed. */
  byte[] bytes();
}
