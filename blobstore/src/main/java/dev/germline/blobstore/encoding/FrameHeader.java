package dev.germline.blobstore.encoding;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;

/**
 * The first six bytes of a frame (docs/weight-format.md): version, element type, flags, length of
 * the piece.
 *
 * @param type of the piece's elements, before narrowing
 * @param rawLength bytes of the piece
 */
record FrameHeader(ElementType type, Choice choice, int rawLength) {
  static final int BYTES = 6;
  static final int MAX_RAW = 4 << 20;

  private static final int VERSION = 1;
  private static final int NARROWING_SHIFT = 2;
  private static final int DELTA = 0x10;
  private static final int KNOWN_FLAGS = 0x1f;

  /** How the elements of a piece are written: three choices that do not depend on each other. */
  record Choice(Layout layout, Narrowing narrowing, boolean delta) {
    static final Choice RAW = new Choice(Layout.RAW, Narrowing.NONE, false);

    /** What the planes hold, after narrowing. */
    ElementType laneType(ElementType type) {
      return switch (narrowing) {
        case NONE -> type;
        case F16 -> ElementType.F16;
        case BF16 -> ElementType.BF16;
      };
    }
  }

  void write(byte[] out, int at) {
    out[at] = VERSION;
    out[at + 1] = (byte) type.code();
    out[at + 2] =
        (byte)
            (code(choice.layout())
                | code(choice.narrowing()) << NARROWING_SHIFT
                | (choice.delta() ? DELTA : 0));
    putInt24(out, at + 3, rawLength);
  }

  /** Reads and checks; WEIGHT_FRAME_INVALID on anything that no encoder writes. */
  static FrameHeader read(byte[] frame, int at, int length) {
    if (length < BYTES) {
      throw invalid("ends within its header, after " + length + " bytes");
    }
    if (frame[at] != VERSION) {
      throw invalid("has version " + (frame[at] & 0xff) + "; version 1 is known here");
    }
    int flags = frame[at + 2] & 0xff;
    if ((flags & ~KNOWN_FLAGS) != 0) {
      throw invalid("has unknown flags: 0x" + Integer.toHexString(flags));
    }
    ElementType type = ElementType.coded(frame[at + 1] & 0xff);
    Choice choice =
        new Choice(
            layout(flags & 3), narrowing(flags >> NARROWING_SHIFT & 3), (flags & DELTA) != 0);
    int rawLength = int24(frame, at + 3);
    if (rawLength > MAX_RAW) {
      throw invalid("states a piece of " + rawLength + " bytes; " + MAX_RAW + " are the most");
    }
    boolean whole = choice.layout() == Layout.RAW || choice.layout() == Layout.ZSTD;
    if (whole && (choice.delta() || choice.narrowing() != Narrowing.NONE)) {
      throw invalid("has flags that go with planes only: 0x" + Integer.toHexString(flags));
    }
    if (choice.narrowing() != Narrowing.NONE && type != ElementType.F32) {
      throw invalid("narrows " + type + "; only F32 is");
    }
    if (choice.layout() == Layout.BUCKETS
        && !(choice.delta() && choice.laneType(type).hasBuckets())) {
      throw invalid("has buckets without a base of floats");
    }
    return new FrameHeader(type, choice, rawLength);
  }

  private static int code(Layout layout) {
    return switch (layout) {
      case RAW -> 0;
      case ZSTD -> 1;
      case PLANES -> 2;
      case BUCKETS -> 3;
    };
  }

  private static Layout layout(int code) {
    return switch (code) {
      case 0 -> Layout.RAW;
      case 1 -> Layout.ZSTD;
      case 2 -> Layout.PLANES;
      default -> Layout.BUCKETS;
    };
  }

  private static int code(Narrowing narrowing) {
    return switch (narrowing) {
      case NONE -> 0;
      case F16 -> 1;
      case BF16 -> 2;
    };
  }

  private static Narrowing narrowing(int code) {
    return switch (code) {
      case 0 -> Narrowing.NONE;
      case 1 -> Narrowing.F16;
      case 2 -> Narrowing.BF16;
      default -> throw invalid("has an unknown narrowing: 3");
    };
  }

  static void putInt24(byte[] out, int at, int value) {
    out[at] = (byte) value;
    out[at + 1] = (byte) (value >> 8);
    out[at + 2] = (byte) (value >> 16);
  }

  static int int24(byte[] in, int at) {
    return (in[at] & 0xff) | (in[at + 1] & 0xff) << 8 | (in[at + 2] & 0xff) << 16;
  }

  static GermlineException invalid(String what) {
    return new GermlineException(Fault.WEIGHT_FRAME_INVALID, "a stored weight frame " + what);
  }
}
