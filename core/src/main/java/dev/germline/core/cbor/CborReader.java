package dev.germline.core.cbor;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads deterministic CBOR. Heads that are longer than needed, indefinite lengths, floats that
 * would fit a shorter width and text that is not UTF-8 are refused, and nothing is allocated for a
 * length before the input has been seen to hold it. All failures are MALFORMED_DIFF, sizes beyond a
 * stated limit LIMIT_EXCEEDED. {@link #skip} alone takes any well-formed item: a field that is only
 * carried along is the business of whoever wrote it. For one thread.
 */
public final class CborReader {
  /** How deep items may nest. */
  public static final int MAX_DEPTH = 64;

  public static final int UNSIGNED = 0;
  public static final int NEGATIVE = 1;
  public static final int BYTES = 2;
  public static final int TEXT = 3;
  public static final int ARRAY = 4;
  public static final int MAP = 5;
  public static final int TAG = 6;
  public static final int SIMPLE = 7;

  private final byte[] input;
  private final int end;
  private int at;

  /** Reads all of {@code input}, which is not copied and must not change meanwhile. */
  public CborReader(byte[] input) {
    this(input, 0, input.length);
  }

  private CborReader(byte[] input, int from, int end) {
    this.input = input;
    this.at = from;
    this.end = end;
  }

  /** A reader over the bytes between two positions, without copying them. */
  public CborReader view(int from, int to) {
    return new CborReader(input, from, to);
  }

  /** Where the next item starts. */
  public int position() {
    return at;
  }

  /** The bytes between two positions. */
  public byte[] copy(int from, int to) {
    return Arrays.copyOfRange(input, from, to);
  }

  /** The major type of the next item, 0 to 7. */
  public int peekMajor() {
    require(1);
    return (input[at] & 0xff) >>> 5;
  }

  /** An integer, as long as it lies between -2^63 and 2^63-1. */
  public long integer() {
    int major = peekMajor();
    if (major > NEGATIVE) {
      throw malformed("an integer is expected");
    }
    long argument = head(major);
    if (argument < 0) {
      throw malformed("an integer is beyond 63 bits");
    }
    return major == UNSIGNED ? argument : ~argument;
  }

  /** A byte string of at most {@code limit} bytes. */
  public byte[] bytes(int limit) {
    int length = length(BYTES, limit);
    byte[] out = Arrays.copyOfRange(input, at, at + length);
    at += length;
    return out;
  }

  /** A byte string of exactly {@code length} bytes. */
  public byte[] fixed(int length) {
    byte[] out = bytes(length);
    if (out.length != length) {
      throw malformed("a byte string of " + length + " bytes is expected, not " + out.length);
    }
    return out;
  }

  /** A text string of at most {@code limit} bytes of UTF-8. */
  public String text(int limit) {
    int length = length(TEXT, limit);
    try {
      String out =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(input, at, length)).toString();
      at += length;
      return out;
    } catch (CharacterCodingException notUtf8) {
      throw malformed("a text string is not UTF-8");
    }
  }

  /** The head of an array of at most {@code limit} items. */
  public int array(int limit) {
    return count(ARRAY, limit, 1);
  }

  /** The head of a map of at most {@code limit} pairs. */
  public int map(int limit) {
    return count(MAP, limit, 2);
  }

  /** The number of a tag. */
  public long tag() {
    return head(TAG);
  }

  /** A simple value, or -1 (and nothing read) if what follows is a float. */
  public int simple() {
    int info = peekMajor() == SIMPLE ? input[at] & 0x1f : 31;
    if (info > 27) {
      throw malformed("a simple value is expected");
    }
    if (info > 24) {
      return -1;
    }
    if (info < 24) {
      at++;
      return info;
    }
    require(2);
    int value = input[at + 1] & 0xff;
    if (value < 32) {
      throw malformed("a simple value has two forms");
    }
    at += 2;
    return value;
  }

  /** A float of any width, which must be the shortest that keeps its value. */
  public double real() {
    require(1);
    int start = at;
    double value =
        switch (input[at] & 0xff) {
          case 0xf9 -> Float.float16ToFloat((short) big(2));
          case 0xfa -> Float.intBitsToFloat((int) big(4));
          case 0xfb -> Double.longBitsToDouble(big(8));
          default -> throw malformed("a float is expected");
        };
    if (!Arrays.equals(new CborWriter().real(value).toBytes(), copy(start, at))) {
      throw malformed("a float is not in its shortest form");
    }
    return value;
  }

  /** Refuses bytes after the last item. */
  public void end() {
    if (at != end) {
      throw malformed((end - at) + " bytes follow the last item");
    }
  }

  /** Passes over one well-formed item of any form. */
  public void skip() {
    skip(0);
  }

  private void skip(int depth) {
    if (depth > MAX_DEPTH) {
      throw new GermlineException(
          Fault.LIMIT_EXCEEDED, "CBOR nests deeper than " + MAX_DEPTH + " at byte " + at);
    }
    int major = peekMajor();
    int info = input[at] & 0x1f;
    if (info == 31) {
      skipIndefinite(major, depth);
      return;
    }
    if (info > 27) {
      throw malformed("a reserved length");
    }
    at++;
    long argument = info < 24 ? info : unsigned(1 << (info - 24));
    switch (major) {
      case UNSIGNED, NEGATIVE -> {}
      case BYTES, TEXT -> {
        requireArgument(argument, 1);
        at += (int) argument;
      }
      case ARRAY, MAP -> {
        int itemsEach = major == MAP ? 2 : 1;
        requireArgument(argument, itemsEach);
        for (long i = 0; i < argument * itemsEach; i++) {
          skip(depth + 1);
        }
      }
      case TAG -> skip(depth + 1);
      default -> {
        if (info == 24 && argument < 32) {
          throw malformed("a simple value has two forms");
        }
      }
    }
  }

  private void skipIndefinite(int major, int depth) {
    if (major < BYTES || major > MAP) {
      throw malformed("this item has no indefinite form");
    }
    at++;
    long items = 0;
    while (true) {
      require(1);
      if ((input[at] & 0xff) == 0xff) {
        at++;
        break;
      }
      boolean string = major == BYTES || major == TEXT;
      if (string && (peekMajor() != major || (input[at] & 0x1f) == 31)) {
        throw malformed("a piece of a string of another type");
      }
      skip(depth + 1);
      items++;
    }
    if (major == MAP && items % 2 != 0) {
      throw malformed("a map key without a value");
    }
  }

  private int length(int major, int limit) {
    long length = head(major);
    requireArgument(length, 1);
    if (length > limit) {
      throw new GermlineException(
          Fault.LIMIT_EXCEEDED, "a string has " + length + " bytes, at most " + limit);
    }
    return (int) length;
  }

  private int count(int major, int limit, int itemsEach) {
    long count = head(major);
    if (count < 0 || count > limit) {
      throw new GermlineException(
          Fault.LIMIT_EXCEEDED,
          Long.toUnsignedString(count) + " items are stated, at most " + limit + " are taken");
    }
    requireArgument(count, itemsEach);
    return (int) count;
  }

  /** A count can be true only if the input still has a byte for every item. */
  private void requireArgument(long count, int itemsEach) {
    if (count < 0 || count > (end - at) / itemsEach) {
      throw malformed("the input ends before what it announces");
    }
  }

  private long head(int major) {
    require(1);
    int first = input[at] & 0xff;
    if (first >>> 5 != major) {
      throw malformed("major type " + major + " is expected, not " + (first >>> 5));
    }
    int info = first & 0x1f;
    if (info < 24) {
      at++;
      return info;
    }
    if (info > 27) {
      throw malformed("an indefinite or reserved length");
    }
    int bytes = 1 << (info - 24);
    at++;
    long argument = unsigned(bytes);
    long least = bytes == 1 ? 24 : 1L << (4 * bytes);
    if (Long.compareUnsigned(argument, least) < 0) {
      throw malformed("a number is not in its shortest form");
    }
    return argument;
  }

  private long big(int bytes) {
    at++;
    return unsigned(bytes);
  }

  private long unsigned(int bytes) {
    require(bytes);
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | (input[at++] & 0xff);
    }
    return value;
  }

  private void require(int bytes) {
    if (end - at < bytes) {
      throw malformed("the input ends early");
    }
  }

  private GermlineException malformed(String what) {
    return new GermlineException(Fault.MALFORMED_DIFF, "CBOR at byte " + at + ": " + what);
  }
}
