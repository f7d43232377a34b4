package dev.germline.blobstore.weights;

import java.util.ArrayList;
import java.util.List;

/** Some pieces in a row, on their way into the store. For one thread at a time. */
final class Batch {
  /** Bytes of pieces. */
  static final int BYTES = 8 << 20;

  private static final int MOST_PIECES = 512;

  private final byte[] bytes;
  private final List<Cutter.Cut> cuts = new ArrayList<>();
  private final List<Integer> offsets = new ArrayList<>();
  private int length;

  Batch(int capacity) {
    this.bytes = new byte[capacity];
  }

  boolean takes(int more) {
    return cuts.size() < MOST_PIECES && length + more <= bytes.length;
  }

  /** Moves the next piece over from what arrives. */
  void take(Arriving arriving, Cutter.Cut cut, int pieceLength) {
    arriving.take(bytes, length, pieceLength);
    cuts.add(new Cutter.Cut(pieceLength, cut.free(), cut.type(), cut.base()));
    offsets.add(length);
    length += pieceLength;
  }

  byte[] bytes() {
    return bytes;
  }

  int pieces() {
    return cuts.size();
  }

  Cutter.Cut cut(int i) {
    return cuts.get(i);
  }

  int offset(int i) {
    return offsets.get(i);
  }

  void clear() {
    cuts.clear();
    offsets.clear();
    length = 0;
  }
}
