package dev.germline.blobstore.segment;

import dev.germline.core.GermlineException;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.Digest;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Packs frames into one segment. Closing gives its memory back, and must not happen before the
 * segment is put. For one thread.
 */
public final class SegmentWriter implements AutoCloseable {
  /** A frame has at most as many bytes: a piece of 4 MiB and what an encoding may add. */
  public static final int LARGEST_FRAME = (4 << 20) + (64 << 10);

  private static final SecureRandom RANDOM = new SecureRandom();

  private final SegmentBuffers.Buffer buffer;
  private final int target;
  private final Optional<DataKey> dataKey;
  private final Digest salt;
  private final @Nullable SegmentCipher cipher;
  private final List<Entry> entries = new ArrayList<>();
  private int at;
  private boolean sealed;
  private boolean closed;

  /**
   * Where a frame lies as stored.
   *
   * @param offset of its first byte in the segment
   * @param length in bytes, with the tag if encrypted
   */
  public record Slot(int offset, int length) {}

  private record Entry(Digest piece, Slot slot) {}

  SegmentWriter(SegmentBuffers.Buffer buffer, int target, Optional<DataKey> dataKey) {
    this.buffer = buffer;
    this.target = target;
    this.dataKey = dataKey;
    byte[] random = new byte[Digest.BYTES];
    RANDOM.nextBytes(random);
    this.salt = Digest.of(random);
    this.cipher = dataKey.map(key -> new SegmentCipher(key, salt)).orElse(null);
    header();
  }

  /** Bytes that the largest segment may have, if it is full from {@code target} bytes on. */
  static int capacity(int target) {
    return target
        + LARGEST_FRAME
        + SegmentFormat.ENTRY
        + 2 * SegmentCipher.TAG
        + SegmentFormat.FOOTER;
  }

  private void header() {
    buffer.grow(SegmentFormat.HEADER, 0);
    ByteBuffer header =
        SegmentFormat.littleEndian(buffer.bytes(), 0, SegmentFormat.HEADER)
            .putLong(SegmentFormat.MAGIC)
            .putShort(SegmentFormat.VERSION)
            .putShort(dataKey.isPresent() ? SegmentFormat.ENCRYPTED : 0)
            .putInt(0);
    header.put(dataKey.map(key -> key.id().bytes()).orElseGet(() -> new byte[DataKeyId.BYTES]));
    header.put(salt.bytes());
    at = SegmentFormat.HEADER;
  }

  /**
   * Appends the frame of a piece.
   *
   * @param frames holds it in {@code [offset, offset + length)}; copied
   * @param length 1 to {@link #LARGEST_FRAME}
   * @throws GermlineException OVERLOADED when no memory comes free in time
   */
  public Slot add(Digest piece, byte[] frames, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, frames.length);
    if (length < 1 || length > LARGEST_FRAME) {
      throw new IllegalArgumentException("a frame of " + length + " bytes");
    }
    if (sealed || full()) {
      throw new IllegalStateException("the segment is full");
    }
    buffer.grow(at + length + SegmentCipher.TAG, at);
    int stored = length;
    if (cipher == null) {
      System.arraycopy(frames, offset, buffer.bytes(), at, length);
    } else {
      stored = cipher.sealFrame(piece, frames, offset, length, buffer.bytes(), at);
    }
    Slot slot = new Slot(at, stored);
    entries.add(new Entry(piece, slot));
    at += stored;
    return slot;
  }

  /** Whether it is to be sealed now; nothing more can be added then. */
  public boolean full() {
    return at + entries.size() * SegmentFormat.ENTRY >= target;
  }

  /** Ends the segment, which has at least one frame. */
  public Segment seal() {
    if (sealed || entries.isEmpty()) {
      throw new IllegalStateException(sealed ? "sealed twice" : "an empty segment");
    }
    sealed = true;
    int size = entries.size() * SegmentFormat.ENTRY;
    buffer.grow(at + size + SegmentCipher.TAG + SegmentFormat.FOOTER, at);
    int place = at;
    int stored = index(size);
    at += stored;
    SegmentFormat.littleEndian(buffer.bytes(), at, SegmentFormat.FOOTER)
        .putInt(place)
        .putInt(stored)
        .putInt(entries.size())
        .putInt(0)
        .putLong(SegmentFormat.END_MAGIC);
    at += SegmentFormat.FOOTER;
    SegmentRef ref =
        new SegmentRef(
            Blake3.hash(buffer.bytes(), 0, at), dataKey.map(key -> new Sealing(key.id(), salt)));
    return new Segment(ref, buffer, at);
  }

  private int index(int size) {
    byte[] plain = cipher == null ? buffer.bytes() : new byte[size];
    ByteBuffer index = SegmentFormat.littleEndian(plain, cipher == null ? at : 0, size);
    for (Entry entry : entries) {
      index.put(entry.piece().bytes()).putInt(entry.slot().offset()).putInt(entry.slot().length());
    }
    return cipher == null ? size : cipher.sealIndex(plain, 0, size, buffer.bytes(), at);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      buffer.release();
    }
  }
}
