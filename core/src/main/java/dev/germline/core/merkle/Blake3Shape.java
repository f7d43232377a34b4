package dev.germline.core.merkle;

/**
 * What one pass of a {@link Blake3Kernel} hashes: inputs of one length and one place in the BLAKE3
 * tree. Immutable; the names of the flags are those of the BLAKE3 paper, section 2.
 */
final class Blake3Shape {
  static final int BLOCK = 64;
  static final int CHUNK = 1024;

  private static final int CHUNK_START = 1;
  private static final int CHUNK_END = 1 << 1;
  private static final int PARENT = 1 << 2;
  private static final int ROOT = 1 << 3;

  /** The mode's key words, where every chaining value starts. Not to be written to. */
  final int[] key;

  /** Blocks of each input, at least 1. */
  final int blocks;

  /** Bytes in each input's last block, 0 to 64. */
  final int lastLength;

  /** How much the counter grows from one input to the next. */
  final int counterStep;

  private final int flags;
  private final int firstFlags;
  private final int lastFlags;

  private Blake3Shape(
      int[] key, int length, int counterStep, int flags, int firstFlags, int lastFlags) {
    this.key = key;
    this.blocks = Math.max(1, (length + BLOCK - 1) / BLOCK);
    this.lastLength = length - (blocks - 1) * BLOCK;
    this.counterStep = counterStep;
    this.flags = flags;
    this.firstFlags = firstFlags;
    this.lastFlags = lastFlags;
  }

  /** Chunks of {@code length} bytes, at most 1,024, that are part of a longer input. */
  static Blake3Shape chunk(Blake3Mode mode, int length) {
    return new Blake3Shape(mode.key, length, 1, mode.flags, CHUNK_START, CHUNK_END);
  }

  /** Whole inputs of {@code length} bytes, at most 1,024. */
  static Blake3Shape input(Blake3Mode mode, int length) {
    return new Blake3Shape(mode.key, length, 0, mode.flags, CHUNK_START, CHUNK_END | ROOT);
  }

  /** Two chaining values, one after the other. */
  static Blake3Shape parent(Blake3Mode mode) {
    return new Blake3Shape(mode.key, BLOCK, 0, mode.flags | PARENT, 0, 0);
  }

  /** The last two chaining values of an input. */
  static Blake3Shape root(Blake3Mode mode) {
    return new Blake3Shape(mode.key, BLOCK, 0, mode.flags | PARENT | ROOT, 0, 0);
  }

  int length(int block) {
    return block == blocks - 1 ? lastLength : BLOCK;
  }

  int flags(int block) {
    return flags | (block == 0 ? firstFlags : 0) | (block == blocks - 1 ? lastFlags : 0);
  }
}
