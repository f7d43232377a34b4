package dev.germline.core.weights;

import dev.germline.core.GermlineException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A bounded position in a {@link ByteSource}. Holds one window of at most 64 KiB whatever it is
 * asked to skip, and refuses to pass its end instead of reading short. For one thread.
 */
final class Cursor {
  private static final int WINDOW = 1 << 16;

  private final ByteSource source;
  private final FileFault fault;
  private final long end;
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
  private ByteBuffer window = ByteBuffer.allocate(0);
  private long windowStart;

  Cursor(ByteSource source, FileFault fault, long start, long end) {
    if (start < 0 || start > end || end > source.size()) {
      throw new IllegalArgumentException(start + ".." + end + " of " + source.size());
    }
    this.source = source;
    this.fault = fault;
    this.end = end;
    this.windowStart = start;
  }

  void order(ByteOrder byteOrder) {
    order = byteOrder;
    window.order(byteOrder);
  }

  long position() {
    return windowStart + window.position();
  }

  long remaining() {
    return end - position();
  }

  int u8(String what) throws IOException {
    return need(1, what).get() & 0xff;
  }

  int i32(String what) throws IOException {
    return need(4, what).getInt();
  }

  long i64(String what) throws IOException {
    return need(8, what).getLong();
  }

  short i16(String what) throws IOException {
    return need(2, what).getShort();
  }

  /** A count that the file states in 64 bits; more than 2^63-1 of anything is refused. */
  long count(String what) throws IOException {
    long value = i64(what);
    if (value < 0) {
      throw fault.invalid(what + " is " + Long.toUnsignedString(value) + ", beyond any file");
    }
    return value;
  }

  /** UTF-8 text of that many bytes, of which there may be at most {@code max}. */
  String text(long length, int max, String what) throws IOException {
    if (length > max) {
      throw fault.tooMuch("bytes of " + what, length, max);
    }
    byte[] bytes = bytes((int) length, what);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw fault.invalid(what + " at byte " + (position() - length) + " is not UTF-8", notUtf8);
    }
  }

  /** That many bytes; the file is known to have them before they are allocated. */
  byte[] bytes(int length, String what) throws IOException {
    require(length, what);
    byte[] out = new byte[length];
    int at = 0;
    while (at < length) {
      ByteBuffer piece = need(1, what);
      int part = Math.min(piece.remaining(), length - at);
      piece.get(out, at, part);
      at += part;
    }
    return out;
  }

  void skip(long length, String what) {
    require(length, what);
    if (length <= window.remaining()) {
      window.position(window.position() + (int) length);
    } else {
      windowStart = position() + length;
      window = ByteBuffer.allocate(0);
    }
  }

  /** What remains, as a stream over this cursor. */
  InputStream stream() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        return remaining() == 0 ? -1 : u8("the header");
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
          return 0;
        }
        if (remaining() == 0) {
          return -1;
        }
        ByteBuffer piece = need(1, "the header");
        int part = Math.min(piece.remaining(), length);
        piece.get(target, offset, part);
        return part;
      }
    };
  }

  /** Refuses a length that the rest of the file does not have. */
  private void require(long length, String what) {
    if (length < 0 || length > remaining()) {
      throw cut(length, what);
    }
  }

  private GermlineException cut(long length, String what) {
    return fault.invalid(
        what
            + " at byte "
            + position()
            + " needs "
            + Long.toUnsignedString(length)
            + " bytes, but only "
            + remaining()
            + " remain");
  }

  private ByteBuffer need(int length, String what) throws IOException {
    if (window.remaining() < length) {
      require(length, what);
      long start = position();
      byte[] bytes = source.read(start, (int) Math.min(WINDOW, end - start));
      window = ByteBuffer.wrap(bytes).order(order);
      windowStart = start;
    }
    return window;
  }
}
