package dev.germline.core.weights;

import org.jspecify.annotations.Nullable;

/** ONNX element types in the order of their numbers (onnx.proto3, TensorProto.DataType). */
enum OnnxType {
  UNDEFINED(0),
  FLOAT(32),
  UINT8(8),
  INT8(8),
  UINT16(16),
  INT16(16),
  INT32(32),
  INT64(64),
  STRING(0),
  BOOL(8),
  FLOAT16(16),
  DOUBLE(64),
  UINT32(32),
  UINT64(64),
  COMPLEX64(64),
  COMPLEX128(128),
  BFLOAT16(16),
  FLOAT8E4M3FN(8),
  FLOAT8E4M3FNUZ(8),
  FLOAT8E5M2(8),
  FLOAT8E5M2FNUZ(8),
  UINT4(4),
  INT4(4),
  FLOAT4E2M1(4),
  FLOAT8E8M0(8),
  UINT2(2),
  INT2(2);

  private final int bits;

  OnnxType(int bits) {
    this.bits = bits;
  }

  /** Bits of one element in raw data; 0 for a type that has no raw data. */
  int bits() {
    return bits;
  }

  static @Nullable OnnxType numbered(long number) {
    return number < 0 || number >= values().length ? null : values()[(int) number];
  }
}
