package dev.germline.core.merkle;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * BLAKE3 of inputs up to one chunk (1,024 bytes), in plain Java without garbage. The nodes and
 * leaves of the trees are this short, and setting up the general hasher for each of them would cost
 * more than hashing it. Tests hold it equal to the general kernel.
 */
final class Blake3Short {
  /** The longest input, in bytes. */
  static final int MAX_INPUT = 1024;

  private static final int BLOCK = 64;
  private static final int CHUNK_START = 1;
  private static final int CHUNK_END = 2;
  private static final int ROOT = 8;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int[] IV = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
  };

  private Blake3Short() {}

  /** Hashes {@code length} bytes from {@code offset} on into 32 bytes of {@code out}. */
  static void hash(byte[] input, int offset, int length, byte[] out, int outOffset) {
    int[] cv = IV.clone();
    int flags = CHUNK_START;
    int left = length;
    int at = offset;
    while (left > BLOCK) {
      compress(cv, input, at, BLOCK, flags);
      flags = 0;
      at += BLOCK;
      left -= BLOCK;
    }
    if (left == BLOCK) {
      compress(cv, input, at, BLOCK, flags | CHUNK_END | ROOT);
    } else {
      byte[] last = new byte[BLOCK];
      System.arraycopy(input, at, last, 0, left);
      compress(cv, last, 0, left, flags | CHUNK_END | ROOT);
    }
    for (int i = 0; i < 8; i++) {
      INT.set(out, outOffset + 4 * i, cv[i]);
    }
  }

  /** The compression function with chunk counter 0; the chaining value is replaced. */
  private static void compress(int[] cv, byte[] block, int at, int blockLength, int flags) {
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
    int v8 = IV[0];
    int v9 = IV[1];
    int v10 = IV[2];
    int v11 = IV[3];
    int v12 = 0;
    int v13 = 0;
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
