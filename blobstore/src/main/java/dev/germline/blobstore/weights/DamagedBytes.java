package dev.germline.blobstore.weights;

import java.util.List;

/** Bytes of a file that are wrong in every replica. Who knows the file says so in its terms. */
public final class DamagedBytes extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long begin;
  private final long end;

  private DamagedBytes(long begin, long end, DamagedPiece cause) {
    super("bytes %d to %d are damaged in every replica".formatted(begin, end - 1), cause);
    this.begin = begin;
    this.end = end;
  }

  static DamagedBytes of(DamagedPiece damaged, List<PlacedPiece> among) {
    PlacedPiece place =
        among.stream()
            .filter(placed -> placed.piece().id() == damaged.piece().id())
            .findFirst()
            .orElse(among.getFirst());
    return new DamagedBytes(place.offset(), place.end(), damaged);
  }

  /** The first byte, from the begin of the file. */
  public long begin() {
    return begin;
  }

  /** One past the last byte. */
  public long end() {
    return end;
  }
}
