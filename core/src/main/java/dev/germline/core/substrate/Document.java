package dev.germline.core.substrate;

import dev.germline.core.merkle.Blake3;
import java.util.List;

/**
 * An ingested file (CP-001 section 2), known by its content: the same content is the same document
 * at every path.
 *
 * @param id BLAKE3-16 of {@code contentHash}
 * @param pathId BLAKE3-16 of the canonical path
 * @param path as it was given, well-formed, at most {@value #MAX_PATH_BYTES} bytes of UTF-8
 * @param contentHash BLAKE3 of the content
 * @param hierarchicalHash BLAKE3 of the chunks' text hashes in order of sequence
 * @param mtimeMillis milliseconds since 1970-01-01 UTC
 * @param sizeBytes 0 to 2^63-1
 * @param mimeType at most {@value #MAX_MIME_BYTES} bytes
 * @param unknown fields of later versions
 */
public record Document(
    EntityId id,
    PathId pathId,
    String path,
    Digest contentHash,
    Digest hierarchicalHash,
    long mtimeMillis,
    long sizeBytes,
    String mimeType,
    UnknownFields unknown)
    implements Entity {

  public static final int MAX_PATH_BYTES = 4096;
  public static final int MAX_MIME_BYTES = 255;

  public Document {
    Require.derived(id, idOf(contentHash), "the document id");
    Require.derived(pathId, PathId.ofPath(path), "the path id");
    Require.that(
        Text.utf8(path).length <= MAX_PATH_BYTES,
        "a path has at most " + MAX_PATH_BYTES + " bytes");
    Text.requireWellFormed(mimeType, "MIME type");
    Require.that(
        Text.utf8(mimeType).length <= MAX_MIME_BYTES,
        "a MIME type has at most " + MAX_MIME_BYTES + " bytes");
    Require.notNegative(sizeBytes, "size_bytes");
  }

  /**
   * A document with this content, cut into chunks with these text hashes (in order; may be none).
   */
  public static Document of(
      String path,
      Digest contentHash,
      List<Digest> chunkTextHashes,
      long mtimeMillis,
      long sizeBytes,
      String mimeType) {
    return new Document(
        idOf(contentHash),
        PathId.ofPath(path),
        path,
        contentHash,
        hierarchicalHash(chunkTextHashes),
        mtimeMillis,
        sizeBytes,
        mimeType,
        UnknownFields.NONE);
  }

  /** The id of the document with this content. */
  public static EntityId idOf(Digest contentHash) {
    return EntityId.generate(contentHash.bytes());
  }

  /** BLAKE3 of the text hashes joined in order of sequence; of nothing for a document not cut. */
  public static Digest hierarchicalHash(List<Digest> chunkTextHashes) {
    byte[] joined = new byte[chunkTextHashes.size() * Digest.BYTES];
    for (int i = 0; i < chunkTextHashes.size(); i++) {
      chunkTextHashes.get(i).copyTo(joined, i * Digest.BYTES);
    }
    return Blake3.hash(joined);
  }

  @Override
  public EntityRef ref() {
    return EntityRef.document(id);
  }

  @Override
  public EntityKind entityKind() {
    return EntityKind.DOCUMENT;
  }

  /** id ‖ content_hash ‖ hierarchical_hash, 80 bytes. */
  @Override
  public byte[] canonicalBytes() {
    byte[] out = new byte[EntityId.BYTES + 2 * Digest.BYTES];
    id.copyTo(out, 0);
    contentHash.copyTo(out, EntityId.BYTES);
    hierarchicalHash.copyTo(out, EntityId.BYTES + Digest.BYTES);
    return out;
  }
}
