package dev.germline.blobstore.encoding;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Runs of bytes of one kind (a plane, or a bucket of one) to and from a frame: one byte repeated,
 * the bytes as they are, or zstd, whichever is smaller. Owns 2 MiB of native memory and zstd's
 * contexts; not thread-safe.
 */
final class Streams implements AutoCloseable {
  private static final int CONSTANT = 0;
  private static final int STORED = 1;
  private static final int COMPRESSED = 2;

  private static final int COMPRESSED_HEADER = 4;

  /** A long stream becomes several zstd frames, one after the other, so that buffers stay small. */
  private static final int CHUNK = 1 << 20;

  /** Shorter ones are left alone: a table for them is longer than what it saves. */
  private static final int WORTH_CODING = 64;

  /** Below this many bits a byte there are runs worth searching; above, literals are coded only. */
  private static final double RUNS_BELOW = 1.2;

  private static final int TEXT_LEVEL = 3;

  private final Entropy entropy = new Entropy();
  private final ZstdCompressCtx literals = context(1);
  private final ZstdCompressCtx search = context(1);
  private final ZstdCompressCtx text = context(TEXT_LEVEL);
  private final ZstdDecompressCtx decompress = new ZstdDecompressCtx();
  private final Arena memory = Arena.ofShared(); // so that any thread may close
  private final ByteBuffer source = memory.allocate(CHUNK).asByteBuffer();
  private final ByteBuffer target = memory.allocate(Zstd.compressBound(CHUNK)).asByteBuffer();

  Streams() {
    literals.registerSequenceProducer(new LiteralsOnly());
  }

  private static ZstdCompressCtx context(int level) {
    return new ZstdCompressCtx().setLevel(level).setChecksum(false).setContentSize(true);
  }

  /** Writes a stream at {@code at}, at most {@code length + 1} bytes; returns its end. */
  int write(byte[] bytes, int from, int length, byte[] out, int at) {
    if (length == 0) {
      return at;
    }
    if (constant(bytes, from, length)) {
      out[at] = CONSTANT;
      out[at + 1] = bytes[from];
      return at + 2;
    }
    double bits = length < WORTH_CODING ? 8 : entropy.sampled(bytes, from, length);
    if (bits < Entropy.INCOMPRESSIBLE) {
      ZstdCompressCtx coder = bits < RUNS_BELOW ? search : literals;
      int size = compress(coder, bytes, from, length, out, at + COMPRESSED_HEADER);
      if (size > 0) {
        out[at] = COMPRESSED;
        FrameHeader.putInt24(out, at + 1, size);
        return at + COMPRESSED_HEADER + size;
      }
    }
    out[at] = STORED;
    System.arraycopy(bytes, from, out, at + 1, length);
    return at + 1 + length;
  }

  private static boolean constant(byte[] bytes, int from, int length) {
    int end = from + length;
    return length > 1 && Arrays.mismatch(bytes, from, end - 1, bytes, from + 1, end) < 0;
  }

  /** The size of the zstd frames, or 0 if the bytes as they are take no more room. */
  private int compress(
      ZstdCompressCtx coder, byte[] bytes, int from, int length, byte[] out, int at) {
    int limit = length - COMPRESSED_HEADER;
    int size = 0;
    for (int done = 0; done < length; done += CHUNK) {
      int some = Math.min(CHUNK, length - done);
      source.put(0, bytes, from + done, some);
      int part = coder.compressDirectByteBuffer(target, 0, target.capacity(), source, 0, some);
      if (size + part > limit) {
        return 0;
      }
      target.get(0, out, at + size, part);
      size += part;
    }
    return size;
  }

  /**
   * Reads a stream of exactly {@code length} bytes.
   *
   * @param end of the frame
   * @return where the stream ends
   */
  int read(byte[] frame, int at, int end, byte[] bytes, int to, int length) {
    if (length == 0) {
      return at;
    }
    need(2, at, end);
    return switch (frame[at]) {
      case CONSTANT -> {
        Arrays.fill(bytes, to, to + length, frame[at + 1]);
        yield at + 2;
      }
      case STORED -> {
        need(1 + length, at, end);
        System.arraycopy(frame, at + 1, bytes, to, length);
        yield at + 1 + length;
      }
      case COMPRESSED -> {
        need(COMPRESSED_HEADER, at, end);
        int size = FrameHeader.int24(frame, at + 1);
        need(COMPRESSED_HEADER + size, at, end);
        decompress(frame, at + COMPRESSED_HEADER, size, bytes, to, length);
        yield at + COMPRESSED_HEADER + size;
      }
      default -> throw FrameHeader.invalid("has a stream of unknown kind " + (frame[at] & 0xff));
    };
  }

  private static void need(int bytes, int at, int end) {
    if (bytes > end - at) {
      throw FrameHeader.invalid("ends within a stream");
    }
  }

  /** Decompresses to exactly {@code length} bytes; never writes or allocates more. */
  void decompress(byte[] frame, int at, int size, byte[] bytes, int to, int length) {
    try {
      int got = decompress.decompressByteArray(bytes, to, length, frame, at, size);
      if (got != length) {
        throw FrameHeader.invalid("has " + got + " bytes compressed where " + length + " belong");
      }
    } catch (ZstdException e) {
      throw FrameHeader.invalid("does not decompress: " + e.getMessage());
    }
  }

  /** Writes bytes as one zstd frame; returns its size, or 0 if it takes more than {@code limit}. */
  int writeText(byte[] bytes, int from, int length, byte[] out, int at, int limit) {
    try {
      return text.compressByteArray(out, at, limit, bytes, from, length);
    } catch (ZstdException tooLarge) {
      return 0;
    }
  }

  /** What a fast search for repetition makes of a few bytes: at most {@link #CHUNK}. */
  int trySearch(byte[] bytes, int from, int length) {
    source.put(0, bytes, from, length);
    return search.compressDirectByteBuffer(target, 0, target.capacity(), source, 0, length);
  }

  @Override
  public void close() {
    literals.close();
    search.close();
    text.close();
    decompress.close();
    memory.close();
  }
}
