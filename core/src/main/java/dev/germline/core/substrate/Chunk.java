package dev.germline.core.substrate;

import dev.germline.core.merkle.Blake3;

/**
 * A piece of a document's text (CP-001 section 4). Its id depends on its place only, so cutting the
 * document again with other parameters keeps ids; chunks may overlap.
 *
 * @param id BLAKE3-16 of document id ‖ sequence as u32 little-endian
 * @param text canonical text, at most {@value #MAX_TEXT_BYTES} bytes of UTF-8
 * @param textHash BLAKE3 of the UTF-8 bytes of {@code text}
 * @param byteOffset where the piece starts in the document, 0 to 2^63-1
 * @param byteLength how many bytes of the document it covers, 0 to 2^63-1
 * @param sequence its place among the document's chunks, 0 to 2^32-1
 * @param unknown fields of later versions
 */
public record Chunk(
    EntityId id,
    EntityId documentId,
    String text,
    Digest textHash,
    long byteOffset,
    long byteLength,
    long sequence,
    UnknownFields unknown)
    implements Entity {

  public static final int MAX_TEXT_BYTES = 1 << 20;

  public Chunk {
    Require.derived(id, idOf(documentId, sequence), "the chunk id");
    byte[] utf8 = Text.utf8(Text.requireWellFormed(text, "chunk text"));
    Require.that(
        utf8.length <= MAX_TEXT_BYTES, "a chunk has at most " + MAX_TEXT_BYTES + " bytes of text");
    Require.that(CanonicalText.isCanonical(text), "the text of a chunk is canonical");
    Require.derived(textHash, Blake3.hash(utf8), "the text hash");
    Require.notNegative(byteOffset, "byte_offset");
    Require.notNegative(byteLength, "byte_length");
  }

  /** A chunk of a document; {@code text} is brought into its canonical form and hashed. */
  public static Chunk of(
      EntityId documentId, long sequence, String text, long byteOffset, long byteLength) {
    String canonical = CanonicalText.of(text);
    return new Chunk(
        idOf(documentId, sequence),
        documentId,
        canonical,
        Blake3.hash(Text.utf8(canonical)),
        byteOffset,
        byteLength,
        sequence,
        UnknownFields.NONE);
  }

  /** The id of a document's chunk number {@code sequence}. */
  public static EntityId idOf(EntityId documentId, long sequence) {
    Require.u32(sequence, "sequence");
    byte[] input = new byte[EntityId.BYTES + 4];
    documentId.copyTo(input, 0);
    LittleEndian.putInt(input, EntityId.BYTES, (int) sequence);
    return EntityId.generate(input);
  }

  @Override
  public EntityRef ref() {
    return EntityRef.chunk(id);
  }

  @Override
  public EntityKind entityKind() {
    return EntityKind.CHUNK;
  }

  /** id ‖ text_hash, 48 bytes. */
  @Override
  public byte[] canonicalBytes() {
    byte[] out = new byte[EntityId.BYTES + Digest.BYTES];
    id.copyTo(out, 0);
    textHash.copyTo(out, EntityId.BYTES);
    return out;
  }
}
