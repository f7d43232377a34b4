package dev.germline.blobstore.weights;

import dev.germline.core.weights.ByteSource;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Random reads of a blob; reads of one piece, as of a header, decode it once. For one thread. */
final class BlobBytes implements ByteSource {
  private final PieceIndex index;
  private final PieceReader reader;
  private final long recipe;
  private final long size;
  private @Nullable PlacedPiece current;
  private byte[] bytes = new byte[0];

  BlobBytes(PieceIndex index, PieceReader reader, long recipe, long size) {
    this.index = index;
    this.reader = reader;
    this.recipe = recipe;
    this.size = size;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public byte[] read(long offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, (long) length, size);
    byte[] result = new byte[length];
    int done = 0;
    while (done < length) {
      PlacedPiece piece = at(offset + done);
      int skip = (int) (offset + done - piece.offset());
      int part = Math.min(length - done, piece.piece().size() - skip);
      System.arraycopy(bytes, skip, result, done, part);
      done += part;
    }
    return result;
  }

  private PlacedPiece at(long offset) throws IOException {
    PlacedPiece piece = current;
    if (piece == null || offset < piece.offset() || offset >= piece.end()) {
      List<PlacedPiece> found = index.of(recipe, offset, 1);
      if (found.isEmpty()) {
        throw MissingPiece.of(index, recipe, offset);
      }
      piece = found.getFirst();
      current = null;
      if (bytes.length < piece.piece().size()) {
        bytes = new byte[piece.piece().size()];
      }
      try {
        reader.read(List.of(piece.piece()), bytes);
      } catch (DamagedPiece damaged) {
        throw DamagedBytes.of(damaged, List.of(piece));
      }
      current = piece;
    }
    return piece;
  }
}
