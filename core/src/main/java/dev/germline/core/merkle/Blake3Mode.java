package dev.germline.core.merkle;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The three modes of BLAKE3: its paper, section 2.3. Immutable. */
final class Blake3Mode {
  /** Length of a key in bytes. */
  static final int KEY_BYTES = 32;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int KEYED_HASH = 1 << 4;
  private static final int DERIVE_KEY_CONTEXT = 1 << 5;
  private static final int DERIVE_KEY_MATERIAL = 1 << 6;

  /** The initial values of SHA-256. */
  static final int[] IV = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
  };

  /** The plain hash. */
  static final Blake3Mode HASH = new Blake3Mode(IV, 0);

  private static final Blake3Mode CONTEXT = new Blake3Mode(IV, DERIVE_KEY_CONTEXT);

  /** Not to be written to. */
  final int[] key;

  final int flags;

  /** Whole chunks. */
  final Blake3Shape chunks;

  final Blake3Shape parents;
  final Blake3Shape root;

  private Blake3Mode(int[] key, int flags) {
    this.key = key;
    this.flags = flags;
    this.chunks = Blake3Shape.chunk(this, Blake3Shape.CHUNK);
    this.parents = Blake3Shape.parent(this);
    this.root = Blake3Shape.root(this);
  }

  /** The keyed hash. IllegalArgumentException unless the key has 32 bytes. */
  static Blake3Mode keyed(byte[] key) {
    return new Blake3Mode(words(key), KEYED_HASH);
  }

  /** The mode that makes keys of key material, for one hard-coded context. */
  static Blake3Mode derivingKeys(String context) {
    Blake3State state = new Blake3State(CONTEXT, new Blake3Scalar());
    state.add(MemorySegment.ofArray(context.getBytes(StandardCharsets.UTF_8)));
    byte[] key = state.digest().bytes();
    return new Blake3Mode(words(key), DERIVE_KEY_MATERIAL);
  }

  private static int[] words(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException(
          "a key has " + KEY_BYTES + " bytes, this one " + key.length);
    }
    int[] words = new int[KEY_BYTES / Integer.BYTES];
    for (int i = 0; i < words.length; i++) {
      words[i] = (int) INT.get(key, i * Integer.BYTES);
    }
    return words;
  }
}
