package dev.germline.blobstore.encoding;

import dev.germline.blobstore.encoding.FrameHeader.Choice;
import dev.germline.blobstore.encoding.Transform.Obstacle;
import dev.germline.core.GermlineException;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns a piece of a tensor (at most 4 MiB, cut between elements) into a frame that says itself how
 * it is to be read, and back, bit for bit. docs/weight-format.md describes the frame.
 *
 * <p>The base of a piece is the bytes at the same place of the parent's tensor; where there is one
 * and it saves enough, the frame holds differences to it and decodes with that base only. A frame
 * does not name its base and does not check the result: whoever stores frames keeps hashes.
 *
 * <p>Not thread-safe: one for each thread. It owns at most 16 MiB of heap, taken when first needed,
 * 2 MiB of native memory and about 4 MiB of zstd's; none grows with what a frame claims.
 */
public final class PieceCodec implements AutoCloseable {
  /** The longest piece, in bytes. */
  public static final int MAX_PIECE = FrameHeader.MAX_RAW;

  /** Bucket table and kinds of streams while encoding; a frame that needs them is not kept. */
  private static final int WORKING_ROOM = 256;

  private final Streams streams = new Streams();
  private final Transform transform = new Transform();
  private final Chooser chooser = new Chooser(transform, streams);

  /**
   * The room that {@link #encode} needs for a piece of so many bytes; the frame takes at most 6
   * bytes more than the piece.
   */
  public static int maxFrame(int rawLength) {
    return FrameHeader.BYTES + rawLength + WORKING_ROOM;
  }

  /** Whether this frame decodes with its base only. WEIGHT_FRAME_INVALID if it is none. */
  public static boolean needsBase(byte[] frame, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, frame.length);
    return FrameHeader.read(frame, offset, length).choice().delta();
  }

  /** The bytes of the piece in this frame, 0 to 4 MiB. WEIGHT_FRAME_INVALID if it is none. */
  public static int rawLength(byte[] frame, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, frame.length);
    return FrameHeader.read(frame, offset, length).rawLength();
  }

  /**
   * Writes the frame of a piece, in the way that a sample of it says is smallest.
   *
   * @param length of the piece, 0 to 4 MiB; bytes after its last whole element are kept as they are
   * @param base what the piece may be told apart from, {@code length} bytes from {@code baseOffset}
   *     on; null if there is none
   * @param out with {@link #maxFrame} bytes of room from {@code outOffset} on; what lies after the
   *     frame is unspecified
   */
  public Encoding encode(
      byte[] raw,
      int offset,
      int length,
      ElementType type,
      byte @Nullable [] base,
      int baseOffset,
      byte[] out,
      int outOffset) {
    Objects.checkFromIndexSize(offset, length, raw.length);
    Objects.checkIndex(length, MAX_PIECE + 1);
    Objects.checkFromIndexSize(outOffset, maxFrame(length), out.length);
    if (base != null) {
      Objects.checkFromIndexSize(baseOffset, length, base.length);
    }
    Choice choice = transformed(raw, offset, length, type, base, baseOffset);
    int end = write(choice, raw, offset, length, type, out, outOffset);
    if (end - outOffset >= FrameHeader.BYTES + length) {
      choice = Choice.RAW;
      end = write(choice, raw, offset, length, type, out, outOffset);
    }
    return new Encoding(end - outOffset, choice.layout(), choice.narrowing(), choice.delta());
  }

  /** Chooses and, for planes, transforms; what does not narrow after all is chosen again. */
  private Choice transformed(
      byte[] raw,
      int offset,
      int length,
      ElementType type,
      byte @Nullable [] base,
      int baseOffset) {
    Set<Narrowing> narrowable = EnumSet.allOf(Narrowing.class);
    Set<Narrowing> baseNarrowable = EnumSet.allOf(Narrowing.class);
    while (true) {
      Choice choice =
          chooser.choose(type, raw, offset, length, base, baseOffset, narrowable, baseNarrowable);
      if (choice.layout() == Layout.RAW || choice.layout() == Layout.ZSTD) {
        return choice;
      }
      Obstacle obstacle =
          transform.apply(choice, type, raw, offset, length / type.width(), base, baseOffset);
      switch (obstacle) {
        case NONE -> {
          return choice;
        }
        case CHILD -> narrowable.remove(choice.narrowing());
        case BASE -> baseNarrowable.remove(choice.narrowing());
      }
    }
  }

  /** Writes header and body; returns the end of the frame. */
  private int write(
      Choice choice,
      byte[] raw,
      int offset,
      int length,
      ElementType type,
      byte[] out,
      int outOffset) {
    new FrameHeader(type, choice, length).write(out, outOffset);
    int at = outOffset + FrameHeader.BYTES;
    return switch (choice.layout()) {
      case RAW -> {
        System.arraycopy(raw, offset, out, at, length);
        yield at + length;
      }
      case ZSTD -> {
        int size = streams.writeText(raw, offset, length, out, at, length);
        yield size == 0 ? at + length : at + size;
      }
      case PLANES, BUCKETS -> {
        int elements = length / type.width();
        at = writePlanes(choice, type, elements, out, at);
        int tail = length - elements * type.width();
        System.arraycopy(raw, offset + length - tail, out, at, tail);
        yield at + tail;
      }
    };
  }

  private int writePlanes(Choice choice, ElementType type, int elements, byte[] out, int start) {
    int at = start;
    boolean sorted = choice.layout() == Layout.BUCKETS;
    Buckets buckets = transform.buckets();
    if (sorted) {
      at = buckets.write(out, at);
    }
    for (int plane = 0; plane < choice.laneType(type).width(); plane++) {
      int from = plane * elements;
      if (sorted) {
        for (int b = 0; b < buckets.count(); b++) {
          at = streams.write(transform.planes(), from, buckets.size(b), out, at);
          from += buckets.size(b);
        }
      } else {
        at = streams.write(transform.planes(), from, elements, out, at);
      }
    }
    return at;
  }

  /**
   * Writes the piece that a frame holds.
   *
   * @param base the base it was encoded with, if {@link #needsBase}; otherwise not looked at
   * @param rawLength bytes of the piece, as whoever stored it knows; the frame must agree
   * @throws GermlineException WEIGHT_FRAME_INVALID if it is no frame of such a piece or needs
   *     another base; {@code out} is unspecified then, within the piece
   */
  public void decode(
      byte[] frame,
      int offset,
      int length,
      byte @Nullable [] base,
      int baseOffset,
      byte[] out,
      int outOffset,
      int rawLength) {
    Objects.checkFromIndexSize(offset, length, frame.length);
    Objects.checkFromIndexSize(outOffset, rawLength, out.length);
    FrameHeader header = FrameHeader.read(frame, offset, length);
    if (header.rawLength() != rawLength) {
      throw FrameHeader.invalid(
          "holds " + header.rawLength() + " bytes where " + rawLength + " are asked for");
    }
    Choice choice = header.choice();
    if (choice.delta()) {
      if (base == null) {
        throw FrameHeader.invalid("needs its base");
      }
      Objects.checkFromIndexSize(baseOffset, rawLength, base.length);
    }
    int at = offset + FrameHeader.BYTES;
    int end = offset + length;
    switch (choice.layout()) {
      case RAW -> copyRest(frame, at, end, out, outOffset, rawLength);
      case ZSTD -> streams.decompress(frame, at, end - at, out, outOffset, rawLength);
      case PLANES, BUCKETS -> {
        ElementType type = header.type();
        int elements = rawLength / type.width();
        at = readPlanes(choice, type, elements, frame, at, end);
        int body = elements * type.width();
        copyRest(frame, at, end, out, outOffset + body, rawLength - body);
        transform.undo(choice, type, elements, base, baseOffset, out, outOffset);
      }
    }
  }

  private int readPlanes(
      Choice choice, ElementType type, int elements, byte[] frame, int start, int end) {
    int at = start;
    boolean sorted = choice.layout() == Layout.BUCKETS;
    Buckets buckets = transform.buckets();
    if (sorted) {
      at = buckets.read(frame, at, end, elements);
    }
    for (int plane = 0; plane < choice.laneType(type).width(); plane++) {
      int to = plane * elements;
      if (sorted) {
        for (int b = 0; b < buckets.count(); b++) {
          at = streams.read(frame, at, end, transform.planes(), to, buckets.size(b));
          to += buckets.size(b);
        }
      } else {
        at = streams.read(frame, at, end, transform.planes(), to, elements);
      }
    }
    return at;
  }

  private static void copyRest(
      byte[] frame, int at, int end, byte[] out, int outOffset, int length) {
    if (end - at != length) {
      throw FrameHeader.invalid("has " + (end - at) + " bytes left where " + length + " belong");
    }
    System.arraycopy(frame, at, out, outOffset, length);
  }

  /** Gives back the memory that is not on the heap. The codec is of no use after that. */
  @Override
  public void close() {
    streams.close();
  }
}
