package dev.germline.core.substrate;

/** Anything the substrate holds. All are immutable values that cannot contradict CP-001. */
public sealed interface Entity permits Document, Chunk, Embedding, Edge {
  EntityKind entityKind();

  /** What it is known by. */
  EntityRef ref();

  /**
   * The bytes whose BLAKE3 hash is the leaf of the v1 tree (CP-001 section 5). They do not cover
   * every field; the leaf of root_v2 does.
   */
  byte[] canonicalBytes();

  /** Fields of later versions of the specification, kept byte for byte. */
  UnknownFields unknown();
}
