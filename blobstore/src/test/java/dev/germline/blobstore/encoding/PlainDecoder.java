package dev.germline.blobstore.encoding;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * docs/weight-format.md written down as code a second time, element by element and from the text
 * alone, to hold the text and the codec together. Shares nothing with the codec.
 */
final class PlainDecoder {
  private final byte[] frame;
  private int at;

  private PlainDecoder(byte[] frame) {
    this.frame = frame;
  }

  static byte[] decode(byte[] frame, byte @Nullable [] base) {
    return new PlainDecoder(frame).decode(base);
  }

  private byte[] decode(byte @Nullable [] base) {
    require(next() == 1);
    int type = next();
    int flags = next();
    byte[] piece = new byte[u24()];
    int layout = flags & 3;
    int narrowing = flags >> 2 & 3;
    boolean delta = (flags >> 4 & 1) == 1;
    if (layout == 0) {
      rest(piece, 0);
      return piece;
    }
    if (layout == 1) {
      return zstd(frame.length - at, piece.length);
    }
    int width = new int[] {1, 1, 2, 4, 8, 1, 2, 2, 4, 8}[type];
    int count = piece.length / width;
    int laneType = narrowing == 0 ? type : narrowing == 1 ? 6 : 7;
    int laneWidth = narrowing == 0 ? width : 2;

    int first = 0;
    int[] sizes = {count};
    if (layout == 3) {
      first = next();
      sizes = new int[next()];
      for (int b = 0; b < sizes.length; b++) {
        sizes[b] = u24();
      }
    }
    byte[][] planes = new byte[laneWidth][];
    for (int k = 0; k < laneWidth; k++) {
      byte[] plane = new byte[0];
      for (int size : sizes) {
        plane = Weights.concat(plane, stream(size));
      }
      planes[k] = plane;
    }
    rest(piece, count * width);

    int[] next = new int[sizes.length];
    for (int b = 1; b < sizes.length; b++) {
      next[b] = next[b - 1] + sizes[b - 1];
    }
    for (int i = 0; i < count; i++) {
      long parentElement = 0;
      int bucket = 0;
      if (delta) {
        if (base == null) {
          throw new IllegalArgumentException("needs its base");
        }
        parentElement = narrow(narrowing, Weights.get(base, i * width, width));
        bucket = Math.clamp(exponent(laneType, parentElement) - first, 0, sizes.length - 1);
      }
      int place = next[bucket]++;
      long element = 0;
      for (int k = 0; k < laneWidth; k++) {
        element |= (planes[k][place] & 0xffL) << (8 * k);
      }
      if (!delta && laneType >= 6 && laneType <= 8) {
        element = withSign(laneWidth, element);
      }
      if (delta) {
        element = plus(laneType, laneWidth, parentElement, element);
      }
      Weights.put(piece, i * width, width, widen(narrowing, element));
    }
    return piece;
  }

  private byte[] stream(int length) {
    if (length == 0) {
      return new byte[0];
    }
    byte[] bytes = new byte[length];
    switch (next()) {
      case 0 -> Arrays.fill(bytes, (byte) next());
      case 1 -> {
        System.arraycopy(frame, at, bytes, 0, length);
        at += length;
      }
      case 2 -> {
        return zstd(u24(), length);
      }
      default -> require(false);
    }
    return bytes;
  }

  /** Any zstd will do: this one reads as a stream. */
  private byte[] zstd(int compressed, int length) {
    try (var in = new ZstdInputStream(new ByteArrayInputStream(frame, at, compressed))) {
      byte[] bytes = in.readAllBytes();
      require(bytes.length == length);
      at += compressed;
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int exponent(int laneType, long element) {
    return switch (laneType) {
      case 6 -> (int) (element >> 10) & 31;
      case 7 -> (int) (element >> 7) & 255;
      case 8 -> (int) (element >> 23) & 255;
      default -> 0;
    };
  }

  /** Bit 8w - 9 of the planes is the sign; the exponent above it moves down. */
  private static long withSign(int width, long planes) {
    int bits = 8 * width;
    long exponent = planes >> (bits - 8);
    long sign = planes >> (bits - 9) & 1;
    long mantissa = planes & ((1L << (bits - 9)) - 1);
    return sign << (bits - 1) | exponent << (bits - 9) | mantissa;
  }

  private static long plus(int laneType, int width, long parent, long coded) {
    int bits = 8 * width;
    long mask = bits == 64 ? -1 : (1L << bits) - 1;
    long sign = 1L << (bits - 1);
    boolean isFloat = laneType >= 5;
    long from = isFloat && (parent & sign) != 0 ? parent ^ (sign - 1) : parent;
    long difference = (coded & 1) == 0 ? coded >>> 1 : ~(coded >>> 1);
    long sum = (from + difference) & mask;
    return isFloat && (sum & sign) != 0 ? sum ^ (sign - 1) : sum;
  }

  private static long narrow(int narrowing, long element) {
    return switch (narrowing) {
      case 1 -> Float.floatToFloat16(Float.intBitsToFloat((int) element)) & 0xffffL;
      case 2 -> element >>> 16;
      default -> element;
    };
  }

  private static long widen(int narrowing, long element) {
    return switch (narrowing) {
      case 1 -> Float.floatToRawIntBits(Float.float16ToFloat((short) element)) & 0xffffffffL;
      case 2 -> element << 16;
      default -> element;
    };
  }

  private void rest(byte[] piece, int from) {
    require(frame.length - at == piece.length - from);
    System.arraycopy(frame, at, piece, from, piece.length - from);
    at = frame.length;
  }

  private int next() {
    return frame[at++] & 0xff;
  }

  private int u24() {
    return next() | next() << 8 | next() << 16;
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException("not a frame");
    }
  }
}
