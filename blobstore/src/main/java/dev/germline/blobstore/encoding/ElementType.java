package dev.germline.blobstore.encoding;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import java.util.Locale;

/**
 * What the bytes of a piece are: how wide an element is and how its bits order. Elements are
 * little-endian. A type that is not here is {@link #BYTES}: stored exactly, only less small.
 */
public enum ElementType {
  /** No layout known: packed types, quantised blocks, text, file headers. */
  BYTES(0, 1, Bits.WHOLE, 0, 0),
  /** Whole numbers, signed or not: the difference of two wraps around. */
  I8(1, 1, Bits.WHOLE, 0, 0),
  I16(2, 2, Bits.WHOLE, 0, 0),
  I32(3, 4, Bits.WHOLE, 0, 0),
  I64(4, 8, Bits.WHOLE, 0, 0),
  /** Floats of eight bits whose first is the sign. */
  F8(5, 1, Bits.SIGNED_MAGNITUDE, 0, 0),
  F16(6, 2, Bits.SIGNED_MAGNITUDE, 10, 0x1f),
  BF16(7, 2, Bits.SIGNED_MAGNITUDE, 7, 0xff),
  F32(8, 4, Bits.SIGNED_MAGNITUDE, 23, 0xff),
  F64(9, 8, Bits.SIGNED_MAGNITUDE, 0, 0);

  private enum Bits {
    WHOLE,
    SIGNED_MAGNITUDE
  }

  private final int code;
  private final int width;
  private final Bits bits;
  private final int exponentShift;
  private final int exponentMask;

  ElementType(int code, int width, Bits bits, int exponentShift, int exponentMask) {
    this.code = code;
    this.width = width;
    this.bits = bits;
    this.exponentShift = exponentShift;
    this.exponentMask = exponentMask;
  }

  /** Bytes of one element: 1, 2, 4 or 8. */
  public int width() {
    return width;
  }

  /** The byte that stands for the type in a frame. */
  int code() {
    return code;
  }

  /** Whether the first bit is a sign and the rest a magnitude, as in every float. */
  boolean signedMagnitude() {
    return bits == Bits.SIGNED_MAGNITUDE;
  }

  /** Whether a delta can be bucketed by the exponent of the base. */
  boolean hasBuckets() {
    return exponentMask != 0;
  }

  int exponentShift() {
    return exponentShift;
  }

  int exponentMask() {
    return exponentMask;
  }

  /** The type of that code in a frame. */
  static ElementType coded(int code) {
    for (ElementType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    throw new GermlineException(
        Fault.WEIGHT_FRAME_INVALID, "element type " + code + " is not known here");
  }

  /**
   * The type behind a format's own name ({@code TensorSpan.dtype}): those of safetensors, ONNX and
   * GGUF. A complex number counts as its two floats.
   *
   * @return {@link #BYTES} for a name without a layout of its own, such as {@code Q4_K}
   */
  public static ElementType of(String dtype) {
    String name = dtype.toUpperCase(Locale.ROOT);
    return switch (name) {
      case "BF16", "BFLOAT16" -> BF16;
      case "F16", "FLOAT16" -> F16;
      case "F32", "FLOAT", "C64", "COMPLEX64" -> F32;
      case "F64", "DOUBLE", "COMPLEX128" -> F64;
      case "I8", "U8", "BOOL", "INT8", "UINT8" -> I8;
      case "I16", "U16", "INT16", "UINT16" -> I16;
      case "I32", "U32", "INT32", "UINT32" -> I32;
      case "I64", "U64", "INT64", "UINT64" -> I64;
      // an exponent alone (E8M0) has no sign
      case "F8_E8M0", "FLOAT8E8M0" -> I8;
      default -> name.startsWith("F8_") || name.startsWith("FLOAT8") ? F8 : BYTES;
    };
  }
}
