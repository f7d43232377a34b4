package dev.germline.blobstore.weights;

import dev.germline.blobstore.segment.SegmentStore;
import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.weights.ByteSource;
import dev.germline.core.weights.ContentDigest;
import dev.germline.core.weights.FileDigests;
import dev.germline.core.weights.Tenant;
import dev.germline.core.weights.TensorSpan;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Files of any size as pieces in segments, each piece once for a tenant and as small as its parent
 * lets it be. What is stored was decoded and compared before it is acknowledged, and what is read
 * hashes to its name. Thread-safe.
 */
public final class WeightStore implements AutoCloseable {
  private final PieceIndex index;
  private final SegmentStore segments;
  private final Workers workers;
  private final PieceReader reader;
  private final Memory uploads;
  private final Memory downloads;

  /**
   * How much memory transfers may hold.
   *
   * @param uploads bytes of all uploads together, at least 64 MiB to do well
   * @param downloads bytes of all downloads together
   * @param patience how long a transfer waits for memory before it is refused
   */
  public record Limits(long uploads, long downloads, Duration patience) {}

  /**
   * A file to store.
   *
   * @param path in its layer, by which its format is told where its bytes leave it open
   * @param size in bytes, at least 1
   * @param expected what it must hash to
   */
  public record Incoming(
      Tenant tenant, String path, long size, ContentDigest expected, Bases bases) {}

  public WeightStore(PieceIndex index, SegmentStore segments, Limits limits) {
    this.index = index;
    this.segments = segments;
    this.workers = new Workers(Runtime.getRuntime().availableProcessors());
    this.reader = new PieceReader(index, segments, workers);
    this.uploads = new Memory(limits.uploads(), limits.patience());
    this.downloads = new Memory(limits.downloads(), limits.patience());
  }

  /**
   * Stores a file. Nothing refers to it yet: that is for the caller, soon. If the body breaks off,
   * what came of it stays, as {@link Transfer#stored} said, and can be read back to go on; if the
   * file is refused, pieces may be left that nothing refers to.
   *
   * @param body exactly {@code size} bytes; not closed
   * @throws IOException if the body cannot be read to its end
   * @throws GermlineException HASH_MISMATCH; FILE_INVALID when the body is longer; OVERLOADED when
   *     no memory comes free; STORE_UNAVAILABLE
   */
  public Stored put(Incoming file, InputStream body, Transfer transfer) throws IOException {
    Cutter cutter = new Cutter(file.size(), file.bases());
    try (Memory.Share _ = uploads.take(Ingest.memory(file.size(), file.bases()));
        Packing packing =
            new Packing(
                file.tenant(),
                index,
                reader,
                workers,
                new Segments(file.tenant(), index, segments),
                transfer);
        Arriving arriving = new Arriving(file.path(), file.size(), body, cutter::tensor);
        Ingest ingest = new Ingest(file.size(), arriving, cutter, packing, transfer)) {
      return new Stored(receive(file, ingest, packing), arriving.scanned(), packing.finish());
    }
  }

  private static FileDigests.Result receive(Incoming file, Ingest ingest, Packing packing)
      throws IOException {
    try {
      FileDigests.Result found = ingest.run();
      ContentDigest actual = file.expected().of(found);
      if (!actual.equals(file.expected())) {
        throw new GermlineException(
            Fault.HASH_MISMATCH,
            "the bytes hash to %s, and not to %s; nothing was stored"
                .formatted(actual, file.expected()));
      }
      return found;
    } catch (IOException broken) {
      ingest.keep();
      packing.finish();
      throw broken;
    }
  }

  /**
   * The bytes {@code [offset, offset + length)} of a file; the reader closes it. The first are read
   * at once. This and every read may throw what is said here.
   *
   * @param offset from 0
   * @param length from 0; the two stay inside of the file
   * @throws DamagedBytes when no replica has the right bytes
   * @throws GermlineException STORE_UNAVAILABLE; OVERLOADED when no memory comes free
   */
  public InputStream open(long recipe, long offset, long length) throws IOException {
    Objects.checkFromIndexSize(offset, length, Long.MAX_VALUE);
    // When many read, each reads less ahead, and all get on.
    long part = PieceStream.MEMORY * Math.min(length, PieceStream.AT_ONCE);
    Memory.Share share = downloads.take(part, part * (PieceStream.AHEAD + 1));
    int ahead = Math.clamp(share.bytes() / Math.max(1, part) - 1, 0, PieceStream.AHEAD);
    PieceStream stream =
        new PieceStream(index, reader, recipe, offset, offset + length, ahead, share::close);
    try {
      return stream.primed();
    } catch (IOException | RuntimeException failure) {
      stream.close();
      throw failure;
    }
  }

  /**
   * Brings all that a file is read from into the local cache.
   *
   * @param size of the file
   * @return bytes that it takes there; 0 when there is no cache
   * @throws GermlineException STORE_UNAVAILABLE; OVERLOADED when no memory comes free;
   *     BLOB_NOT_FOUND when the recipe is collected meanwhile
   */
  public long preload(long recipe, long size) {
    if (!segments.caches()) {
      return 0;
    }
    long bytes = 0;
    long at = 0;
    try (Memory.Share _ = downloads.take(PieceStream.AT_ONCE)) {
      while (at < size) {
        List<PlacedPiece> next = index.of(recipe, at, PieceStream.MOST_PIECES);
        if (next.isEmpty()) {
          throw MissingPiece.of(index, recipe, at);
        }
        for (int from = 0; from < next.size(); ) {
          int to = PieceStream.batch(next, from);
          bytes += reader.preload(next.subList(from, to).stream().map(PlacedPiece::piece).toList());
          from = to;
        }
        at = next.getLast().end();
      }
    }
    return bytes;
  }

  /** For readers of file formats: random access, with the piece read last at hand. */
  public ByteSource bytes(long recipe, long size) {
    return new BlobBytes(index, reader, recipe, size);
  }

  /** A parent's file, for its child to be coded against. */
  public Bases bases(long recipe, List<TensorSpan> tensors) {
    return new Bases(index, recipe, tensors);
  }

  /** For a file whose parent is not known. */
  public Bases noBases() {
    return Bases.none(index);
  }

  @Override
  public void close() {
    workers.close();
  }
}
