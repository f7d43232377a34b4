package dev.germline.core.substrate;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text into overlapping chunks (CP-011, addendum 1). A cut goes where the text has, in this
 * order of preference, a blank line, the end of a line, the end of a sentence or a space; of
 * several such places between half the target and the maximum the one nearest to the target, of two
 * equally near the earlier. Where there is none, it goes at the target. Immutable.
 *
 * @param target tokens a chunk should have (see {@link Tokens} for what a token is)
 * @param maximum tokens a chunk may have
 * @param overlap tokens a chunk repeats of the one before, less than half the target
 */
public record Chunker(int target, int maximum, int overlap) {
  /** 256 tokens, at most 512, overlapping by 32. */
  public static final Chunker DEFAULT = new Chunker(256, 512, 32);

  private static final List<String> SEPARATORS = List.of("\n\n", "\n", ". ", " ");

  public Chunker {
    if (target < 2 || maximum < target || overlap < 0 || overlap >= target / 2) {
      throw new IllegalArgumentException("a chunker cannot have " + target + "/" + maximum);
    }
  }

  /**
   * A stretch of a text.
   *
   * @param text its canonical form
   * @param byteOffset where it starts in the UTF-8 bytes of the source
   * @param byteLength how many of these bytes it covers
   */
  public record Piece(String text, long byteOffset, long byteLength) {}

  /**
   * Cuts a text. The pieces cover all of it; a text without visible characters has none.
   *
   * @param source as it is stored, not yet canonical, so that offsets point into the stored bytes
   */
  public List<Piece> cut(String source) {
    Text.requireWellFormed(source, "text");
    Tokens tokens = new Tokens(source);
    List<Piece> pieces = new ArrayList<>();
    Offsets offsets = new Offsets(source);
    int from = 0;
    while (from < tokens.count()) {
      int end = end(tokens, from);
      int first = from == 0 ? 0 : tokens.start(from);
      int last = tokens.start(end);
      long byteOffset = offsets.at(first);
      String canonical = CanonicalText.of(source.substring(first, last));
      long byteLength = Text.utf8(source.substring(first, last)).length;
      if (!canonical.equals("\n")) {
        pieces.add(new Piece(canonical, byteOffset, byteLength));
      }
      from = end == tokens.count() ? end : end - overlap;
    }
    return List.copyOf(pieces);
  }

  /** The chunks of a document with this text. */
  public List<Chunk> chunks(EntityId documentId, String source) {
    List<Chunk> chunks = new ArrayList<>();
    for (Piece piece : cut(source)) {
      chunks.add(
          Chunk.of(
              documentId, chunks.size(), piece.text(), piece.byteOffset(), piece.byteLength()));
    }
    return List.copyOf(chunks);
  }

  private int end(Tokens tokens, int from) {
    int left = tokens.count() - from;
    if (left <= target) {
      return tokens.count();
    }
    for (String separator : SEPARATORS) {
      int best = -1;
      for (int length = Math.max(1, target / 2); length <= Math.min(maximum, left); length++) {
        boolean nearer = best < 0 || Math.abs(length - target) < Math.abs(best - target);
        if (nearer && tokens.before(from + length).replace("\r\n", "\n").contains(separator)) {
          best = length;
        }
      }
      if (best > 0) {
        return from + best;
      }
    }
    return from + target;
  }

  /** Turns ascending indices into a string into offsets into its UTF-8 bytes. */
  private static final class Offsets {
    private final String text;
    private int index;
    private long bytes;

    Offsets(String text) {
      this.text = text;
    }

    long at(int target) {
      bytes += Text.utf8(text.substring(index, target)).length;
      index = target;
      return bytes;
    }
  }
}
