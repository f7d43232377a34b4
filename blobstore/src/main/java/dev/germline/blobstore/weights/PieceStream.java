package dev.germline.blobstore.weights;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * A range of a blob as a stream: while some pieces are given out the next are fetched and decoded.
 * For one thread.
 */
final class PieceStream extends InputStream {
  /** Bytes of pieces read at once, and how many such reads go on ahead. */
  static final int AT_ONCE = 4 << 20;

  static final int AHEAD = 2;

  /** How much memory a part takes for each of its bytes: they, and the frames they come from. */
  static final int MEMORY = 2;

  static final int MOST_PIECES = 256;

  private final PieceIndex index;
  private final PieceReader reader;
  private final long recipe;
  private final long end;
  private final int most;
  private final Runnable onClose;
  private final Deque<Background<Part>> ahead = new ArrayDeque<>();
  private final Deque<PlacedPiece> listed = new ArrayDeque<>();

  /** Memory of parts that were given out, for the next. */
  private final ConcurrentLinkedDeque<byte[]> spare = new ConcurrentLinkedDeque<>();

  private long position;
  private long asked;
  private @Nullable Part current;
  private boolean closed;

  /** Bytes of a blob in memory. */
  @SuppressWarnings("ArrayRecordComponent") // never compared; it lives for one read
  private record Part(long offset, int length, byte[] bytes) {
    long end() {
      return offset + length;
    }
  }

  /**
   * The bytes {@code [offset, end)} of a blob.
   *
   * @param ahead reads that go on while the part before is given out, up to {@link #AHEAD}
   * @param onClose run once
   */
  PieceStream(
      PieceIndex index,
      PieceReader reader,
      long recipe,
      long offset,
      long end,
      int ahead,
      Runnable onClose) {
    this.index = index;
    this.reader = reader;
    this.recipe = recipe;
    this.position = offset;
    this.asked = offset;
    this.end = end;
    this.most = ahead;
    this.onClose = onClose;
  }

  /** Reads the first bytes, so that what is wrong shows before anything is promised. */
  PieceStream primed() throws IOException {
    if (position < end) {
      part();
    }
    return this;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (closed) {
      throw new IOException("the stream is closed");
    }
    if (length == 0) {
      return 0;
    }
    if (position == end) {
      return -1;
    }
    Part part = part();
    int given = (int) Math.min(length, Math.min(part.end(), end) - position);
    System.arraycopy(part.bytes(), (int) (position - part.offset()), target, offset, given);
    position += given;
    return given;
  }

  /** The part that holds the next byte. */
  private Part part() throws IOException {
    Part part = current;
    if (part == null || part.end() <= position) {
      current = null; // before the next is waited for: its memory may be wanted there
      if (part != null) {
        spare.push(part.bytes());
      }
      ask(Math.max(1, most));
      part = ahead.removeFirst().await();
      current = part;
      ask(most);
    }
    return part;
  }

  private void ask(int count) {
    while (ahead.size() < count && asked < end) {
      List<PlacedPiece> pieces = next();
      asked = pieces.getLast().end();
      ahead.addLast(Background.start("pieces", () -> read(pieces)));
    }
  }

  private List<PlacedPiece> next() {
    List<PlacedPiece> pieces = new ArrayList<>();
    int bytes = 0;
    while (asked + bytes < end || pieces.isEmpty()) {
      PlacedPiece piece = peek(pieces.isEmpty() ? asked : pieces.getLast().end());
      if (!pieces.isEmpty()
          && (bytes + piece.piece().size() > AT_ONCE || pieces.size() == MOST_PIECES)) {
        break;
      }
      pieces.add(listed.removeFirst());
      bytes += piece.piece().size();
    }
    return pieces;
  }

  /** Where the pieces that are read at once end, from {@code from} on. */
  static int batch(List<PlacedPiece> pieces, int from) {
    long begin = pieces.get(from).offset();
    int to = from + 1;
    while (to < pieces.size() && pieces.get(to).end() - begin <= AT_ONCE) {
      to++;
    }
    return to;
  }

  private PlacedPiece peek(long offset) {
    if (listed.isEmpty()) {
      listed.addAll(index.of(recipe, offset, MOST_PIECES));
    }
    PlacedPiece first = listed.peekFirst();
    if (first == null) {
      throw MissingPiece.of(index, recipe, offset);
    }
    return first;
  }

  private Part read(List<PlacedPiece> placed) throws IOException {
    List<StoredPiece> pieces = placed.stream().map(PlacedPiece::piece).toList();
    int length = pieces.stream().mapToInt(StoredPiece::size).sum();
    byte[] old = spare.poll();
    byte[] bytes = old == null || old.length < length ? new byte[length] : old;
    try {
      reader.read(pieces, bytes);
    } catch (DamagedPiece damaged) {
      throw DamagedBytes.of(damaged, placed);
    }
    return new Part(placed.getFirst().offset(), length, bytes);
  }

  @Override
  public int available() {
    Part part = current;
    return part == null || closed ? 0 : (int) (Math.min(part.end(), end) - position);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      current = null;
      ahead.forEach(Background::settle);
      ahead.clear();
      onClose.run();
    }
  }
}
