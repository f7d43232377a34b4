package dev.germline.core.merkle;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * BLAKE3's compression function in plain Java, one input after the other and without garbage: for
 * short inputs, and for all of them where the lanes of {@link Blake3Lanes} are not to be had.
 */
final class Blake3Scalar implements Blake3Kernel {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  @Override
  public void hash(
      Blake3Shape shape,
      byte[] in,
      int offset,
      int stride,
      int count,
      long counter,
      byte[] out,
      int outOffset) {
    int[] cv = new int[OUT / Integer.BYTES];
    for (int i = 0; i < count; i++) {
      System.arraycopy(shape.key, 0, cv, 0, cv.length);
      for (int block = 0; block < shape.blocks; block++) {
        int at = offset + i * stride + block * Blake3Shape.BLOCK;
        compress(cv, in, at, counter, shape.length(block), shape.flags(block));
      }
      counter += shape.counterStep;
      store(cv, out, outOffset + i * OUT);
    }
  }

  @Override
  public void hashNative(
      Blake3Shape shape,
      MemorySegment in,
      long offset,
      int count,
      long counter,
      byte[] out,
      int outOffset) {
    byte[] chunk = new byte[Blake3Shape.CHUNK];
    for (int i = 0; i < count; i++) {
      long from = offset + (long) i * chunk.length;
      MemorySegment.copy(in, ValueLayout.JAVA_BYTE, from, chunk, 0, chunk.length);
      hash(shape, chunk, 0, chunk.length, 1, counter + i, out, outOffset + i * OUT);
    }
  }

  /** Hashes one input, behind which there may be anything or nothing. */
  static void hashOne(
      Blake3Shape shape, byte[] in, int offset, long counter, byte[] out, int outOffset) {
    int[] cv = shape.key.clone();
    int at = offset;
    int last = shape.blocks - 1;
    for (int block = 0; block < last; block++) {
      compress(cv, in, at, counter, Blake3Shape.BLOCK, shape.flags(block));
      at += Blake3Shape.BLOCK;
    }
    byte[] from = in;
    if (shape.lastLength < Blake3Shape.BLOCK) {
      from = new byte[Blake3Shape.BLOCK];
      System.arraycopy(in, at, from, 0, shape.lastLength);
      at = 0;
    }
    compress(cv, from, at, counter, shape.lastLength, shape.flags(last));
    store(cv, out, outOffset);
  }

  private static void store(int[] cv, byte[] out, int offset) {
    for (int i = 0; i < cv.length; i++) {
      INT.set(out, offset + Integer.BYTES * i, cv[i]);
    }
  }

  /** The compression function; the chaining value is replaced. */
  private static void compress(
      int[] cv, byte[] block, int at, long counter, int blockLength, int flags) {
    int m0 = (int) INT.get(block, at + 0);
    int m1 = (int) INT.get(block, at + 4);
    int m2 = (int) INT.get(block, at + 8);
    int m3 = (int) INT.get(block, at + 12);
    int m4 = (int) INT.get(block, at + 16);
    int m5 = (int) INT.get(block, at + 20);
    int m6 = (int) INT.get(block, at + 24);
    int m7 = (int) INT.get(block, at + 28);
    int m8 = (int) INT.get(block, at + 32);
    int m9 = (int) INT.get(block, at + 36);
    int m10 = (int) INT.get(block, at + 40);
    int m11 = (int) INT.get(block, at + 44);
    int m12 = (int) INT.get(block, at + 48);
    int m13 = (int) INT.get(block, at + 52);
    int m14 = (int) INT.get(block, at + 56);
    int m15 = (int) INT.get(block, at + 60);
    int v0 = cv[0];
    int v1 = cv[1];
    int v2 = cv[2];
    int v3 = cv[3];
    int v4 = cv[4];
    int v5 = cv[5];
    int v6 = cv[6];
    int v7 = cv[7];
    int v8 = Blake3Mode.IV[0];
    int v9 = Blake3Mode.IV[1];
    int v10 = Blake3Mode.IV[2];
    int v11 = Blake3Mode.IV[3];
    int v12 = (int) counter;
    int v13 = (int) (counter >>> 32);
    int v14 = blockLength;
    int v15 = flags;
    for (int round = 0; ; round++) {
      v0 += v4 + m0;
      v12 = Integer.rotateRight(v12 ^ v0, 16);
      v8 += v12;
      v4 = Integer.rotateRight(v4 ^ v8, 12);
      v0 += v4 + m1;
      v12 = Integer.rotateRight(v12 ^ v0, 8);
      v8 += v12;
      v4 = Integer.rotateRight(v4 ^ v8, 7);
      v1 += v5 + m2;
      v13 = Integer.rotateRight(v13 ^ v1, 16);
      v9 += v13;
      v5 = Integer.rotateRight(v5 ^ v9, 12);
      v1 += v5 + m3;
      v13 = Integer.rotateRight(v13 ^ v1, 8);
      v9 += v13;
      v5 = Integer.rotateRight(v5 ^ v9, 7);
      v2 += v6 + m4;
      v14 = Integer.rotateRight(v14 ^ v2, 16);
      v10 += v14;
      v6 = Integer.rotateRight(v6 ^ v10, 12);
      v2 += v6 + m5;
      v14 = Integer.rotateRight(v14 ^ v2, 8);
      v10 += v14;
      v6 = Integer.rotateRight(v6 ^ v10, 7);
      v3 += v7 + m6;
      v15 = Integer.rotateRight(v15 ^ v3, 16);
      v11 += v15;
      v7 = Integer.rotateRight(v7 ^ v11, 12);
      v3 += v7 + m7;
      v15 = Integer.rotateRight(v15 ^ v3, 8);
      v11 += v15;
      v7 = Integer.rotateRight(v7 ^ v11, 7);
      v0 += v5 + m8;
      v15 = Integer.rotateRight(v15 ^ v0, 16);
      v10 += v15;
      v5 = Integer.rotateRight(v5 ^ v10, 12);
      v0 += v5 + m9;
      v15 = Integer.rotateRight(v15 ^ v0, 8);
      v10 += v15;
      v5 = Integer.rotateRight(v5 ^ v10, 7);
      v1 += v6 + m10;
      v12 = Integer.rotateRight(v12 ^ v1, 16);
      v11 += v12;
      v6 = Integer.rotateRight(v6 ^ v11, 12);
      v1 += v6 + m11;
      v12 = Integer.rotateRight(v12 ^ v1, 8);
      v11 += v12;
      v6 = Integer.rotateRight(v6 ^ v11, 7);
      v2 += v7 + m12;
      v13 = Integer.rotateRight(v13 ^ v2, 16);
      v8 += v13;
      v7 = Integer.rotateRight(v7 ^ v8, 12);
      v2 += v7 + m13;
      v13 = Integer.rotateRight(v13 ^ v2, 8);
      v8 += v13;
      v7 = Integer.rotateRight(v7 ^ v8, 7);
      v3 += v4 + m14;
      v14 = Integer.rotateRight(v14 ^ v3, 16);
      v9 += v14;
      v4 = Integer.rotateRight(v4 ^ v9, 12);
      v3 += v4 + m15;
      v14 = Integer.rotateRight(v14 ^ v3, 8);
      v9 += v14;
      v4 = Integer.rotateRight(v4 ^ v9, 7);
      if (round == 6) {
        break;
      }
      int n0 = m2;
      int n1 = m6;
      int n2 = m3;
      int n3 = m10;
      int n4 = m7;
      int n5 = m0;
      int n6 = m4;
      int n7 = m13;
      int n8 = m1;
      int n9 = m11;
      int n10 = m12;
      int n11 = m5;
      int n12 = m9;
      int n13 = m14;
      int n14 = m15;
      int n15 = m8;
      m0 = n0;
      m1 = n1;
      m2 = n2;
      m3 = n3;
      m4 = n4;
      m5 = n5;
      m6 = n6;
      m7 = n7;
      m8 = n8;
      m9 = n9;
      m10 = n10;
      m11 = n11;
      m12 = n12;
      m13 = n13;
      m14 = n14;
      m15 = n15;
    }
    cv[0] = v0 ^ v8;
    cv[1] = v1 ^ v9;
    cv[2] = v2 ^ v10;
    cv[3] = v3 ^ v11;
    cv[4] = v4 ^ v12;
    cv[5] = v5 ^ v13;
    cv[6] = v6 ^ v14;
    cv[7] = v7 ^ v15;
  }
}
