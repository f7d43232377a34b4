package dev.germline.blobstore.segment;

import dev.germline.core.Fault;
import dev.germline.core.GermlineException;
import dev.germline.core.substrate.Digest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a segment says of itself, for when nothing else does: docs/segment-format.md.
 *
 * @param sealing how it is encrypted; empty: it is not
 * @param frames in their order, at least one
 */
public record SegmentContents(Optional<Sealing> sealing, List<Frame> frames) {
  public SegmentContents {
    frames = List.copyOf(frames);
  }

  /**
   * A frame of it.
   *
   * @param piece BLAKE3 of the piece's bytes
   * @param offset of its first byte in the segment
   * @param length in bytes as stored
   */
  public record Frame(Digest piece, int offset, int length) {}

  /**
   * Reads header, footer and index. Allocates no more than the segment's own size, whatever it
   * says.
   *
   * @param bytes hold the segment in {@code [0, length)}
   * @param keys asked only if it is encrypted
   * @throws GermlineException FILE_INVALID when it is not a segment, WEIGHT_FRAME_INVALID when its
   *     index was changed, KEY_UNAVAILABLE
   */
  public static SegmentContents read(byte[] bytes, int length, DataKeys keys) {
    java.util.Objects.checkFromIndexSize(0, length, bytes.length);
    require(length > SegmentFormat.HEADER + SegmentFormat.FOOTER, "it is too short");
    ByteBuffer header = SegmentFormat.littleEndian(bytes, 0, SegmentFormat.HEADER);
    require(header.getLong() == SegmentFormat.MAGIC, "it does not begin as one");
    short version = header.getShort();
    require(version == SegmentFormat.VERSION, "its version is " + version);
    short flags = header.getShort();
    require((flags & ~SegmentFormat.ENCRYPTED) == 0, "its flags are " + flags);
    Optional<Sealing> sealing =
        flags == 0
            ? Optional.empty()
            : Optional.of(
                new Sealing(
                    DataKeyId.of(bytes, SegmentFormat.DATA_KEY_AT),
                    Digest.of(bytes, SegmentFormat.SALT_AT)));

    int end = length - SegmentFormat.FOOTER;
    ByteBuffer footer = SegmentFormat.littleEndian(bytes, end, SegmentFormat.FOOTER);
    int at = footer.getInt();
    int stored = footer.getInt();
    int count = footer.getInt();
    footer.getInt();
    require(footer.getLong() == SegmentFormat.END_MAGIC, "it does not end as one");
    int tag = sealing.isPresent() ? SegmentCipher.TAG : 0;
    require(
        at > SegmentFormat.HEADER
            && at < end
            && stored == end - at
            && count > 0
            && (long) count * SegmentFormat.ENTRY + tag == stored,
        "its footer does not fit");
    ByteBuffer index =
        sealing
            .map(how -> SegmentFormat.littleEndian(decrypted(bytes, at, stored, how, keys)))
            .orElseGet(() -> SegmentFormat.littleEndian(bytes, at, stored));
    return new SegmentContents(sealing, frames(index, count, at, tag));
  }

  private static byte[] decrypted(byte[] bytes, int at, int stored, Sealing how, DataKeys keys) {
    return new SegmentCipher(keys.find(how.dataKey()), how.salt()).openIndex(bytes, at, stored, at);
  }

  private static List<Frame> frames(ByteBuffer index, int count, int end, int tag) {
    List<Frame> frames = new ArrayList<>();
    byte[] piece = new byte[Digest.BYTES];
    int next = SegmentFormat.HEADER;
    for (int i = 0; i < count; i++) {
      index.get(piece);
      int offset = index.getInt();
      int length = index.getInt();
      require(
          offset == next && length > tag && length <= end - offset, "frame " + i + " lies wrong");
      frames.add(new Frame(Digest.of(piece), offset, length));
      next += length;
    }
    require(next == end, "its frames end before the index");
    return frames;
  }

  private static void require(boolean holds, String complaint) {
    if (!holds) {
      throw new GermlineException(
          Fault.FILE_INVALID, "these bytes are not a segment: " + complaint);
    }
  }
}
