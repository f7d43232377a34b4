package dev.germline.core.substrate;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;

/** What an edge means (CP-001 section 5): three kinds of its own, and any other by name. */
public sealed interface EdgeKind {
  EdgeKind DOC_TO_CHUNK = new DocToChunk();
  EdgeKind CHUNK_TO_EMBEDDING = new ChunkToEmbedding();
  EdgeKind CHUNK_TO_CHUNK = new ChunkToChunk();

  /** A kind by its name, always a custom one. */
  static EdgeKind custom(String name) {
    return new Custom(name);
  }

  /** The byte hashed into v1 leaves and used in the order of edges (addendum 1). */
  int code();

  /** The name as it is shown; of a custom kind also what its order and CBOR use. */
  String name();

  /** A document contains a chunk. */
  record DocToChunk() implements EdgeKind {
    @Override
    public int code() {
      return 0;
    }

    @Override
    public String name() {
      return "DocToChunk";
    }
  }

  /** A chunk has an embedding. */
  record ChunkToEmbedding() implements EdgeKind {
    @Override
    public int code() {
      return 1;
    }

    @Override
    public String name() {
      return "ChunkToEmbedding";
    }
  }

  /** Two chunks are near in meaning. */
  record ChunkToChunk() implements EdgeKind {
    @Override
    public int code() {
      return 2;
    }

    @Override
    public String name() {
      return "ChunkToChunk";
    }
  }

  /**
   * A relation named by its user.
   *
   * @param name 1 to 128 bytes of UTF-8 without control characters
   */
  record Custom(String name) implements EdgeKind {
    /** The longest name, in bytes of UTF-8. */
    public static final int MAX_NAME_BYTES = 128;

    public Custom {
      Text.requireWellFormed(name, "edge kind");
      if (name.isEmpty()
          || Text.utf8(name).length > MAX_NAME_BYTES
          || name.chars().anyMatch(Character::isISOControl)) {
        throw new GermlineException(
            Fault.INVALID_ENTITY,
            "the name of an edge kind has 1 to 128 bytes and no control characters, this one has "
                + Text.utf8(name).length
                + " bytes");
      }
    }

    @Override
    public int code() {
      return 255;
    }
  }
}
