package dev.germline.core.weights;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Counts the numbers of a tensor that are NaN or infinite, as its bytes go by. One scan is for one
 * tensor and one thread.
 */
public final class FiniteScan {
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final Element element;
  private final byte[] rest = new byte[Long.BYTES];
  private int kept;
  private long notFinite;

  private enum Element {
    /** Whole numbers: always finite. */
    WHOLE(1),
    F64(8),
    F32(4),
    F16(2),
    BF16(2),
    F8_E5M2(1),
    F8_E4M3(1);

    private final int bytes;

    Element(int bytes) {
      this.bytes = bytes;
    }
  }

  private FiniteScan(Element element) {
    this.element = element;
  }

  /**
   * A scan of little-endian numbers of this type.
   *
   * @param dtype as safetensors, GGUF and ONNX name it
   * @return empty for types whose numbers are not read here, as the block types of GGUF
   */
  public static Optional<FiniteScan> of(String dtype) {
    return Optional.ofNullable(
            switch (dtype) {
              case "F64", "DOUBLE" -> Element.F64;
              case "F32", "FLOAT" -> Element.F32;
              case "F16", "FLOAT16" -> Element.F16;
              case "BF16", "BFLOAT16" -> Element.BF16;
              case "F8_E5M2", "FLOAT8E5M2" -> Element.F8_E5M2;
              case "F8_E4M3", "FLOAT8E4M3FN" -> Element.F8_E4M3;
              case "BOOL",
                  "I8",
                  "I16",
                  "I32",
                  "I64",
                  "U8",
                  "U16",
                  "U32",
                  "U64",
                  "INT8",
                  "INT16",
                  "INT32",
                  "INT64",
                  "UINT8",
                  "UINT16",
                  "UINT32",
                  "UINT64",
                  "INT4",
                  "UINT4" ->
                  Element.WHOLE;
              default -> null;
            })
        .map(FiniteScan::new);
  }

  /** The next bytes; numbers may be cut anywhere. */
  public void update(byte[] bytes, int offset, int length) {
    if (element == Element.WHOLE) {
      return;
    }
    int at = offset;
    int end = offset + length;
    while (kept > 0 && at < end) {
      rest[kept++] = bytes[at++];
      if (kept == element.bytes) {
        count(rest, 0, kept);
        kept = 0;
      }
    }
    int whole = (end - at) / element.bytes * element.bytes;
    count(bytes, at, at + whole);
    at += whole;
    while (at < end) {
      rest[kept++] = bytes[at++];
    }
  }

  /** How many of the numbers until now are NaN or infinite. */
  public long notFinite() {
    return notFinite;
  }

  private void count(byte[] bytes, int from, int to) {
    long found = 0;
    switch (element) {
      case WHOLE -> {}
      case F64 -> {
        long exponent = 0x7ff0_0000_0000_0000L;
        for (int i = from; i < to; i += 8) {
          found += ((long) LONGS.get(bytes, i) & exponent) == exponent ? 1 : 0;
        }
      }
      case F32 -> {
        for (int i = from; i < to; i += 4) {
          found += ((int) INTS.get(bytes, i) & 0x7f80_0000) == 0x7f80_0000 ? 1 : 0;
        }
      }
      case F16 -> {
        for (int i = from; i < to; i += 2) {
          found += ((short) SHORTS.get(bytes, i) & 0x7c00) == 0x7c00 ? 1 : 0;
        }
      }
      case BF16 -> {
        for (int i = from; i < to; i += 2) {
          found += ((short) SHORTS.get(bytes, i) & 0x7f80) == 0x7f80 ? 1 : 0;
        }
      }
      case F8_E5M2 -> {
        for (int i = from; i < to; i++) {
          found += (bytes[i] & 0x7c) == 0x7c ? 1 : 0;
        }
      }
      case F8_E4M3 -> {
        for (int i = from; i < to; i++) {
          found += (bytes[i] & 0x7f) == 0x7f ? 1 : 0;
        }
      }
    }
    notFinite += found;
  }
}
