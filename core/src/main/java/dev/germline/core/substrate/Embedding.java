package dev.germline.core.substrate;

import dev.germline.core.merkle.Blake3;

/**
 * The vector of a chunk under one embedding model (CP-001 section 3).
 *
 * @param id BLAKE3-16 of chunk id ‖ model hash ‖ version as u32 little-endian
 * @param modelHash BLAKE3 of the model's identifier
 * @param version 0 to 2^32-1, counted up when a chunk is embedded again
 * @param l2Norm the squared norm of {@code vector}
 * @param unknown fields of later versions
 */
public record Embedding(
    EntityId id,
    EntityId chunkId,
    QuantizedVector vector,
    Digest modelHash,
    long version,
    long l2Norm,
    UnknownFields unknown)
    implements Entity {

  public Embedding {
    Require.derived(id, idOf(chunkId, modelHash, version), "the embedding id");
    Require.derived(l2Norm, vector.squaredNorm(), "l2_norm");
  }

  /** The embedding of a chunk by the model with this hash. */
  public static Embedding of(
      EntityId chunkId, QuantizedVector vector, Digest modelHash, long version) {
    return new Embedding(
        idOf(chunkId, modelHash, version),
        chunkId,
        vector,
        modelHash,
        version,
        vector.squaredNorm(),
        UnknownFields.NONE);
  }

  /** The id of a chunk's embedding by one model in one version. */
  public static EntityId idOf(EntityId chunkId, Digest modelHash, long version) {
    Require.u32(version, "embedding_version");
    byte[] input = new byte[EntityId.BYTES + Digest.BYTES + 4];
    chunkId.copyTo(input, 0);
    modelHash.copyTo(input, EntityId.BYTES);
    LittleEndian.putInt(input, EntityId.BYTES + Digest.BYTES, (int) version);
    return EntityId.generate(input);
  }

  /** The hash that stands for a model: BLAKE3 of the UTF-8 bytes of its identifier. */
  public static Digest modelHash(String modelIdentifier) {
    return Blake3.hash(Text.utf8(Text.requireWellFormed(modelIdentifier, "model identifier")));
  }

  @Override
  public EntityRef ref() {
    return EntityRef.embedding(id);
  }

  @Override
  public EntityKind entityKind() {
    return EntityKind.EMBEDDING;
  }

  /** id ‖ vector, two bytes little-endian a component ‖ model_hash. */
  @Override
  public byte[] canonicalBytes() {
    byte[] components = vector.bytes();
    byte[] out = new byte[EntityId.BYTES + components.length + Digest.BYTES];
    id.copyTo(out, 0);
    System.arraycopy(components, 0, out, EntityId.BYTES, components.length);
    modelHash.copyTo(out, EntityId.BYTES + components.length);
    return out;
  }
}
